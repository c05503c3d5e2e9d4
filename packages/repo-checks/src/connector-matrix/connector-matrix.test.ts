import { existsSync } from "node:fs";
import { createProviderRegistry } from "@getfluxly/email-core";
import { bundledConnectors } from "@getfluxly/email-host";
import { expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";
import { toMatrix } from "./to-matrix.js";

const registry = createProviderRegistry(bundledConnectors);

test("the matrix of connectors is what their definitions say (pnpm docs:connectors writes it)", async () => {
  const definitions = await Promise.all(registry.ids.map((id) => registry.load(id)));
  const page = toMatrix(definitions);
  expect(page).toContain("| [Postmark](postmark.md) | `postmark` | `server_token` |");
  await expect(page).toMatchFileSnapshot(`${repositoryRoot}/docs/connectors/README.md`);
});

test.each(registry.ids)("%s has a page", (id) => {
  expect(existsSync(`${repositoryRoot}/docs/connectors/${id}.md`)).toBe(true);
});
