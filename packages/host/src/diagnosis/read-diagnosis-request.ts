import type { AnyProviderDefinition, DiagnoseOptions } from "@getfluxly/email-core";
import * as z from "zod";
import type { ConnectorRegistry } from "../connector-registry.js";
import { parseFields } from "../http/parse-fields.js";
import { createProblem } from "../http/problem.js";

const ownFields = z.strictObject({
  provider: z.string(),
  display_name: z.unknown().optional(),
  from_email: z.string().default(""),
  from_name: z.string().optional(),
  reply_to: z.string().optional(),
  test_recipient: z.string().optional(),
  mode: z.enum(["connect", "dry_run", "send"], "Must be connect, dry_run or send.").optional(),
  until: z.string().max(32).optional(),
});

export interface DiagnosisRequest {
  readonly definition: AnyProviderDefinition;
  readonly config: Readonly<Record<string, unknown>>;
  readonly sender: { readonly from_email: string; readonly from_name?: string; readonly reply_to?: string };
  readonly options: Pick<DiagnoseOptions, "mode" | "until" | "recipient">;
}

/** The body of a create request, with `mode` and `until` beside it. What is wrong with settings and sender is for the diagnosis to say. */
export async function readDiagnosisRequest(
  body: unknown,
  registry: ConnectorRegistry,
): Promise<DiagnosisRequest> {
  const entries = Object.entries(Object(body));
  const isOwn = ([key]: readonly [string, unknown]) => Object.hasOwn(ownFields.shape, key);
  const own = parseFields("body-invalid", ownFields, Object.fromEntries(entries.filter(isOwn)));
  const { provider, display_name: _, test_recipient: recipient, mode, until, ...sender } = own;
  if (!registry.has(provider)) {
    const message = `There is no such connector; known are: ${registry.ids.join(", ")}.`;
    throw createProblem("body-invalid", { issues: [{ path: "provider", message }] });
  }
  const given = Object.entries(sender).filter(([, value]) => value !== undefined);
  return {
    definition: await registry.load(provider),
    config: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
    sender: { from_email: own.from_email, ...Object.fromEntries(given) },
    options: { mode, until, recipient },
  };
}
