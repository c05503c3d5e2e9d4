/** What an id may look like at all: 1 to 64 letters, digits, `_` and `-`. Anything else is no query's business. */
export const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
