// The ordinary case of a CommonJS host: its own core comes by require, a connector's by import.
const assert = require("node:assert/strict");
const core = require("@getfluxly/email-core");

async function main() {
  const other = await import("@getfluxly/email-core");
  assert.notEqual(core.EmailError, other.EmailError, "there is only one copy, so this shows nothing");
  try {
    throw new other.EmailError({ code: "aborted", message: "Ended.", stage: "send" });
  } catch (error) {
    assert.equal(error instanceof core.EmailError, false);
    assert.equal(core.isEmailError(error), true);
  }
  assert.equal(
    other.isEmailError(new core.EmailError({ code: "aborted", message: "Ended.", stage: "send" })),
    true,
  );
  assert.equal(core.isEmailError(new Error("Ended.")), false);

  // A loader that imports an ES module, and the same as CommonJS looks through import().
  const registry = core.createProviderRegistry({ smtp: () => import("@getfluxly/email-custom-smtp") });
  assert.equal((await registry.load("smtp")).id, "smtp");
  const wrapped = { default: { default: require("@getfluxly/email-custom-smtp").default } };
  const second = core.createProviderRegistry({ smtp: async () => wrapped });
  assert.equal((await second.load("smtp")).id, "smtp");
  console.log("done");
}

main();
