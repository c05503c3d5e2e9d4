/** The size of the text; `attachment` is a short text with 146 KB attached, which are 200 KB in base64. */
export type MessageKind = "2KB" | "20KB" | "200KB" | "attachment";

export const messageKinds: readonly MessageKind[] = ["2KB", "20KB", "200KB", "attachment"];
