import { access, constants, mkdir } from "node:fs/promises";

/** Makes the folder if it is not there. Rejects with a sentence that names it and the variable that chose it. */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "unknown";
    throw new Error(
      `The data folder ${folder} cannot be used (${reason}): set DATA_DIR to a folder that this user may write to.`,
      { cause },
    );
  }
}
