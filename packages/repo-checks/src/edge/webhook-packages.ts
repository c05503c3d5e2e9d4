import { readdirSync, readFileSync } from "node:fs";
import { repositoryRoot } from "../repository/repository-root.js";

/** Folders below packages/ of every package that publishes a webhook adapter. core's entry of that name is the toolkit. */
export const webhookPackages: readonly string[] = readdirSync(`${repositoryRoot}/packages`).filter((name) => {
  const manifest: { exports?: Record<string, unknown> } = JSON.parse(
    readFileSync(`${repositoryRoot}/packages/${name}/package.json`, "utf8"),
  );
  return name !== "core" && manifest.exports?.["./webhook"] !== undefined;
});
