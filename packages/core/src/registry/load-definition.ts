import type { AnyProviderDefinition, RegistryEntry } from "../contract/index.js";
import { EmailError, type EmailErrorCode } from "../errors/index.js";
import { assertDefinition } from "../provider/assert-definition.js";
import { specificationVersions } from "./specification-versions.js";

/** Runs the loader, if the entry is one, and checks that what came out is a definition that we understand. */
export async function loadDefinition(id: string, entry: RegistryEntry): Promise<AnyProviderDefinition> {
  const fail = (code: EmailErrorCode, message: string, cause?: unknown) =>
    new EmailError({ code, stage: "load", message: `The connector ${id} ${message}`, cause });
  let definition: unknown;
  try {
    definition = unwrap(typeof entry === "function" ? await entry() : entry);
  } catch (cause) {
    throw fail("provider-load-failed", "could not be loaded.", cause);
  }
  const { specificationVersion: version } = Object(definition);
  if (version !== undefined && !specificationVersions.includes(version)) {
    throw fail(
      "specification-version-unsupported",
      `speaks version ${version} of the contract, this SDK ${specificationVersions.join(", ")}. Update the older of the connector and @getfluxly/email-core.`,
    );
  }
  assertDefinition(definition);
  if (definition.id !== id) throw fail("definition-invalid", `calls itself ${definition.id}.`);
  return definition;
}

/** A module's default export; for CommonJS behind `import()` that of its `module.exports`. */
function unwrap(loaded: unknown): unknown {
  const { default: inner = loaded } = Object(loaded);
  return inner === loaded ? loaded : unwrap(inner);
}
