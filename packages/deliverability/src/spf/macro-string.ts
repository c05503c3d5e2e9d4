/** A macro of RFC 7208 section 7: `%{ir}`, `%{d2}`, `%{L}`. */
export interface Macro {
  /** Lower case. */
  readonly letter: string;
  /** How many right-hand parts are kept; absent: all. */
  readonly keep?: number | undefined;
  readonly reverse: boolean;
  /** Characters at which the value is split. */
  readonly delimiters: string;
  /** The letter was upper case: the value is URL-escaped. */
  readonly escape: boolean;
}

/** Literal text and macros in turn; `%%`, `%_` and `%-` are already literal. */
export type MacroString = readonly (string | Macro)[];
