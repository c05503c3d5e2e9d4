import { readdirSync, readFileSync } from "node:fs";
import { repositoryRoot } from "../repository/repository-root.js";

interface PublicPackage {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/** Every package that is published. */
export const publicPackages: readonly PublicPackage[] = readdirSync(`${repositoryRoot}/packages`).flatMap(
  (it) => {
    const folder = `${repositoryRoot}/packages/${it}`;
    const manifest: { name: string; private?: boolean } = JSON.parse(
      readFileSync(`${folder}/package.json`, "utf8"),
    );
    return manifest.private === true ? [] : [{ name: manifest.name, folder }];
  },
);
