/** Ends an evaluation from anywhere inside it. Never leaves `checkHost`. */
export class SpfError extends Error {
  constructor(
    readonly result: "none" | "temperror" | "permerror",
    message: string,
  ) {
    super(message);
  }
}
