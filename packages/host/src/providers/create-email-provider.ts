import { EmailError, isEmailError } from "@getfluxly/email-core";
import { proveSettings, UnprovenError } from "../diagnosis/prove-settings.js";
import { toWireDiagnosis } from "../diagnosis/to-wire-diagnosis.js";
import type { HostServices } from "../host-services.js";
import { toFailureProblem } from "../http/to-failure-problem.js";
import { createId } from "../identifiers/create-id.js";
import type { StoredEmailProvider } from "../storage/email-provider-store.js";
import { createRedactor } from "./create-redactor.js";
import { createWebhookSecret } from "./create-webhook-secret.js";
import { logConnectorFault } from "./log-connector-fault.js";
import { parseProviderBody } from "./parse-provider-body.js";
import { redactError } from "./redact-error.js";
import { sealSecrets, toBinding } from "./seal-secrets.js";

interface CreateRequest {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

interface CreatedEmailProvider {
  readonly stored: StoredEmailProvider;
  /** To be shown once; only its sealed form is stored. */
  readonly webhookSecret: string;
}

/** Checks the settings, proves them at the relay, and only then stores them. A failure leaves nothing behind. */
export async function createEmailProvider(
  services: HostServices,
  { workspaceId, projectId, body, signal }: CreateRequest,
): Promise<CreatedEmailProvider> {
  const { emailProviders, registry, vault } = services;
  const settings = await parseProviderBody(body, registry);
  const { secretFields } = settings.definition;
  const redact = createRedactor(settings.config, secretFields);
  const verification = await proveSettings(services, settings, signal).catch((error: unknown) => {
    const failure = error instanceof UnprovenError ? error.failure : error;
    logConnectorFault(services.log, settings.definition.id, failure, redact);
    const shown = redactError(failure, redact);
    if (!(error instanceof UnprovenError) || !isEmailError(shown)) throw shown;
    // Of what the caller or the policy ended there is nothing to explain.
    if (shown.code === "aborted" || shown.code === "relay-not-permitted") throw shown;
    throw toFailureProblem(shown, {
      diagnosis: toWireDiagnosis(error.report.diagnosis, redact, error.report),
    });
  });
  // Nobody is left to read the new id, so storing would leave a row that its owner does not know of.
  if (signal.aborted) {
    throw new EmailError({ code: "aborted", message: "The caller has gone.", stage: "verify" });
  }

  const owner = { workspaceId, id: createId("epr") };
  const { config, secrets } = await sealSecrets(vault, owner, settings.config, secretFields);
  const webhookSecret = createWebhookSecret();
  const now = new Date();
  const stored: StoredEmailProvider = {
    id: owner.id,
    workspace_id: workspaceId,
    project_id: projectId,
    provider: settings.definition.id,
    display_name: settings.displayName,
    from_email: settings.sender.from_email,
    from_name: settings.sender.from_name ?? null,
    reply_to: settings.sender.reply_to ?? null,
    config,
    secrets,
    webhook_config: null,
    webhook_secret: await vault.seal(webhookSecret, toBinding(owner, "webhook.secret")),
    verified: verification.authenticated,
    verified_at: verification.authenticated ? now : null,
    encrypted: verification.encrypted,
    warnings: verification.warnings.map(redact),
    created_at: now,
  };
  await emailProviders.insert(stored);
  return { stored, webhookSecret };
}
