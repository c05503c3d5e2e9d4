/** The verb of a command line, in upper case. */
export const commandName = (line: string): string => (line.split(" ", 1)[0] ?? "").toUpperCase();
