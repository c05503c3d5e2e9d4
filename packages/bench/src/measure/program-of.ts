import type { LibraryName } from "../clients/client-name.js";
import type { ClientTask } from "../clients/client-task.js";
import type { ProgramName } from "../processes/program-file.js";

interface LibraryProgram {
  readonly program: ProgramName;
  readonly variant: ClientTask["variant"];
}

const programs: Readonly<Record<LibraryName, LibraryProgram>> = {
  ours: { program: "run-ours", variant: "default" },
  "nodemailer-best": { program: "run-nodemailer", variant: "best" },
  "nodemailer-default": { program: "run-nodemailer", variant: "default" },
  upyo: { program: "run-upyo", variant: "default" },
  "upyo-many": { program: "run-upyo", variant: "best" },
};

/** Which of our programs runs a library. */
export function programOf(client: LibraryName): LibraryProgram {
  return programs[client];
}
