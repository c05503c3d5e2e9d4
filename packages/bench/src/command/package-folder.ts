import { fileURLToPath } from "node:url";

/** packages/bench, seen from dist. */
export const packageFolder = fileURLToPath(new URL("..", import.meta.url));

/** Seen from there. */
export const repositoryFolder = fileURLToPath(new URL("../../..", import.meta.url));
