import { styleText } from "node:util";
import type { Terminal } from "./terminal.js";

export type Paint = (style: "red" | "green" | "yellow" | "bold" | "dim", text: string) => string;

/** Colours on a terminal only, by the rules of https://no-color.org and FORCE_COLOR. Nothing is told by colour alone. */
export function createPaint({ output, env }: Terminal): Paint {
  const isForced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "" && env.FORCE_COLOR !== "0";
  const isOff = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb" || env.FORCE_COLOR === "0";
  const isOn = !isOff && (isForced || output.isTTY === true);
  return (style, text) => (isOn ? styleText(style, text, { validateStream: false }) : text);
}
