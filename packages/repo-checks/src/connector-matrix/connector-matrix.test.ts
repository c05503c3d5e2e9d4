import { readdirSync } from "node:fs";
import { createProviderRegistry } from "@getfluxly/email-core";
import { bundledConnectors } from "@getfluxly/email-host";
import { expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";
import { toMatrix } from "./to-matrix.js";

const registry = createProviderRegistry(bundledConnectors);

/** Named after the id, or after the package where that has another name (`amazon-ses.md` for `ses`). */
const pageOf = (id: string) =>
  readdirSync(`${repositoryRoot}/docs/connectors`).find(
    (file) => file === `${id}.md` || file.endsWith(`-${id}.md`),
  );

test("the matrix of connectors is what their definitions say (pnpm docs:connectors writes it)", async () => {
  const definitions = await Promise.all(
    registry.ids.map(async (id) => ({ ...(await registry.load(id)), page: pageOf(id) ?? "" })),
  );
  const page = toMatrix(definitions);
  expect(page).toContain("| [Postmark](postmark.md) | `postmark` | `server_token` |");
  await expect(page).toMatchFileSnapshot(`${repositoryRoot}/docs/connectors/README.md`);
});

test.each(registry.ids)("%s has a page", (id) => {
  expect(pageOf(id)).toBeDefined();
});
