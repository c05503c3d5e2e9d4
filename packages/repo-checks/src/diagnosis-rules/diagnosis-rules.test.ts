import { rules } from "@getfluxly/email-custom-smtp/diagnosis";
import { expect, test } from "vitest";
import { repositoryRoot } from "../repository/repository-root.js";
import { toRulesPage } from "./to-rules-page.js";

test("the page of rules is what the rules say (pnpm docs:rules writes it)", async () => {
  await expect(toRulesPage(rules)).toMatchFileSnapshot(`${repositoryRoot}/docs/reference/diagnosis-rules.md`);
});
