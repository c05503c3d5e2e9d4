import type { PreparedMessage } from "@getfluxly/email-core";
import * as z from "zod";
import type { Preset } from "./preset.js";

const none = z.strictObject({});

/** The message's options for this relay, checked; undefined when they were refused. */
export function readOptions<MessageOptions extends object>(
  { id, messageOptions }: Pick<Preset<string, never, never, MessageOptions>, "id" | "messageOptions">,
  message: PreparedMessage,
  report: (path: string, message: string) => void,
): MessageOptions | undefined {
  const schema: z.ZodType<object> = messageOptions ?? none;
  const result = schema.safeParse(message.providerOptions?.[id] ?? {});
  if (result.success) return result.data as MessageOptions;
  for (const { path, message: text } of result.error.issues) {
    report(["providerOptions", id, ...path.map(String)].join("."), text);
  }
  return undefined;
}
