/** Who is measured, in the order in which they run in each round. */
export const clientNames = [
  "ours",
  "nodemailer-best",
  "nodemailer-default",
  "upyo",
  "upyo-many",
  "smtp-source",
] as const;

export type ClientName = (typeof clientNames)[number];

/** Those that are Node.js programs of ours. */
export type LibraryName = Exclude<ClientName, "smtp-source">;

/** As they are called in the report. */
export const clientLabels: Readonly<Record<ClientName, string>> = {
  ours: "ours",
  "nodemailer-best": "nodemailer pool, best",
  "nodemailer-default": "nodemailer pool, defaults",
  upyo: "@upyo/smtp pool",
  "upyo-many": "@upyo/smtp sendMany",
  "smtp-source": "smtp-source (C)",
};
