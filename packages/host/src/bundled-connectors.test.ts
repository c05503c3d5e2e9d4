import { createProviderRegistry } from "@getfluxly/email-core";
import { expect, test, vi } from "vitest";
import { bundledConnectors } from "./bundled-connectors.js";

test("listing them loads nothing", async () => {
  const load = vi.fn(bundledConnectors.postmark);
  const registry = createProviderRegistry({ ...bundledConnectors, postmark: load });
  expect(registry.ids).toContain("postmark");
  expect(registry.has("postmark")).toBe(true);
  expect(load).not.toHaveBeenCalled();
  await registry.describe("postmark");
  expect(load).toHaveBeenCalledOnce();
});

const registry = createProviderRegistry(bundledConnectors);

test.each(registry.ids)("%s is a connector of this id, with a form", async (id) => {
  const definition = await registry.load(id);
  expect(definition.id).toBe(id);
  expect((await registry.describe(id)).form.type).toBe("object");
});
