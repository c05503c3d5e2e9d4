import * as z from "zod";
import { defaultCapabilities, type EmailProvider } from "../../contract/index.js";
import { defineProvider } from "../../provider/index.js";

/** Stands for a connector's package, in type tests. */
export default defineProvider({
  id: "postmark",
  displayName: "Postmark",
  configSchema: z.strictObject({ server_token: z.string() }),
  secretFields: ["server_token"],
  capabilities: defaultCapabilities,
  create: (): EmailProvider => {
    throw new Error("Only its types are used.");
  },
});
