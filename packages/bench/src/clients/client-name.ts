/** Who is measured. */
export type ClientName = "ours" | "nodemailer-best" | "nodemailer-default" | "upyo" | "smtp-source";

/** In the order in which they run in each round. */
export const clientNames: readonly ClientName[] = [
  "ours",
  "nodemailer-best",
  "nodemailer-default",
  "upyo",
  "smtp-source",
];
