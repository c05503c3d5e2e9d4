/** A host or value of `DomainRecords`, in which `<...>` stands for what the relay issues to each account. */
export interface IssuedText {
  /** `<domain>` filled in. */
  readonly text: string;
  /** Nothing is left open. */
  readonly isWhole: boolean;
  /** Whether a published text fits, whatever was issued. */
  fits(published: string): boolean;
}

export function toIssuedText(template: string, domain: string): IssuedText {
  const text = template.replaceAll("<domain>", domain);
  const pattern = text
    .split(/<[^>]*>/)
    .map((literal) => literal.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[a-z0-9_-]+");
  const form = new RegExp(`^${pattern}\\.?$`);
  return { text, isWhole: !/<[^>]*>/.test(text), fits: (published) => form.test(published.toLowerCase()) };
}
