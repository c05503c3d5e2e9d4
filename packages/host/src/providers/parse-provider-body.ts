import {
  type AnyProviderDefinition,
  EmailError,
  type Issue,
  isEmailError,
  parseConfig,
  type Sender,
} from "@getfluxly/email-core";
import type { ConnectorRegistry } from "../connector-registry.js";
import { createProblem } from "../http/problem.js";
import { toIssuePath } from "../http/to-issue-path.js";
import { commonFields } from "./common-fields.js";

/** The body of a create request, checked. */
export interface ProviderBody {
  readonly definition: AnyProviderDefinition;
  readonly displayName: string;
  readonly sender: Sender;
  readonly testRecipient: string | undefined;
  /** The connector's settings as they were given, secrets included. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Splits the flat body into common fields and connector settings and checks both, so that all faults come at once. */
export async function parseProviderBody(body: unknown, registry: ConnectorRegistry): Promise<ProviderBody> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw createProblem("body-invalid", { issues: [{ path: "", message: "Must be a JSON object." }] });
  }
  const entries = Object.entries(body);
  const isCommon = ([key]: readonly [string, unknown]) => Object.hasOwn(commonFields.shape, key);
  const common = commonFields.safeParse(Object.fromEntries(entries.filter(isCommon)));
  const config = Object.fromEntries(entries.filter((entry) => !isCommon(entry)));
  const issues = (common.error?.issues ?? []).map(({ path, message }) => ({
    path: toIssuePath(path),
    message,
  }));

  const id = entries.find(([key]) => key === "provider")?.[1];
  if (typeof id !== "string") throw createProblem("body-invalid", { issues });
  if (!registry.has(id)) throw unknownProvider(registry.ids, issues);
  const definition = await registry.load(id);
  issues.push(...(await findConfigIssues(definition, config)));
  if (!common.success || issues.length > 0) throw createProblem("body-invalid", { issues });

  const { display_name, test_recipient, provider: _, ...sender } = common.data;
  return { definition, displayName: display_name, sender, testRecipient: test_recipient, config };
}

async function findConfigIssues(
  definition: AnyProviderDefinition,
  config: unknown,
): Promise<readonly Issue[]> {
  try {
    await parseConfig(definition, config);
    return [];
  } catch (error) {
    if (isEmailError(error) && error.issues) return error.issues;
    throw error;
  }
}

function unknownProvider(ids: readonly string[], issues: readonly Issue[]): EmailError {
  const message = `There is no such connector; known are: ${ids.join(", ")}.`;
  return new EmailError({
    code: "provider-unknown",
    message,
    stage: "config",
    issues: [{ path: "provider", message }, ...issues],
  });
}
