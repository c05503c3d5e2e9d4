import * as z from "zod";
import type { HostServices } from "../../host-services.js";
import { isId } from "../../identifiers/is-id.js";
import { addressField } from "../../providers/common-fields.js";
import { createEmailProvider } from "../../providers/create-email-provider.js";
import { createEmailProviderTester } from "../../providers/test-email-provider.js";
import { toProviderView } from "../../providers/to-provider-view.js";
import type { StoredEmailProvider } from "../../storage/email-provider-store.js";
import { replaceWebhookSecret } from "../../webhooks/replace-webhook-secret.js";
import { setWebhookConfig } from "../../webhooks/set-webhook-config.js";
import { takesOurSecret } from "../../webhooks/webhook-config.js";
import type { Application, Call } from "../application.js";
import { authenticate } from "../authenticate.js";
import { mountResource } from "../mount-resource.js";
import { openProject } from "../open-project.js";
import { pageFields, toPage } from "../page-fields.js";
import { parseFields } from "../parse-fields.js";
import { createProblem } from "../problem.js";
import { readJsonBody } from "../read-json-body.js";

const testFields = z.strictObject({ to: addressField });

/** Stored providers: create (which verifies first), list, read, delete, test. */
export function mountEmailProviders(application: Application, services: HostServices): void {
  const { apiKeys, closing, emailProviders, publicUrl } = services;
  const testEmailProvider = createEmailProviderTester(services);
  const toSignal = (call: Call) => AbortSignal.any([call.req.raw.signal, closing]);

  async function findProvider(call: Call): Promise<StoredEmailProvider> {
    const workspaceId = await authenticate(call, apiKeys);
    const id = call.req.param("id") ?? "";
    const stored = isId(id) ? await emailProviders.find({ workspaceId, id }) : undefined;
    if (!stored) throw createProblem("email-provider-unknown");
    return stored;
  }

  /** Where the relay posts; the secret only where it is new, and where the relay takes one of ours. */
  async function toWebhookView(call: Call, stored: StoredEmailProvider, secret?: string) {
    const origin = publicUrl ?? new URL(call.req.url).origin;
    const definition = await services.registry.load(stored.provider);
    return {
      url: `${origin}/webhooks/${stored.provider}/${stored.project_id}`,
      ...(secret !== undefined && (takesOurSecret(definition) || !definition.webhook) && { secret }),
      ...(definition.webhook && !takesOurSecret(definition) && { settings: "required" }),
    };
  }

  mountResource(application, "/v1/projects/:project_id/email-providers", {
    GET: async (call) => {
      const project = await openProject(call, services);
      const { limit, after } = parseFields("query-invalid", pageFields, call.req.query());
      const found = await emailProviders.list({ ...project, limit: limit + 1, after });
      return call.json(toPage(found, limit, toProviderView));
    },
    POST: async (call) => {
      const project = await openProject(call, services);
      const body = await readJsonBody(call.req.raw);
      const { stored, webhookSecret } = await createEmailProvider(services, {
        ...project,
        body,
        signal: toSignal(call),
      });
      const webhook = await toWebhookView(call, stored, webhookSecret);
      return call.json({ ...toProviderView(stored), webhook }, 201);
    },
  });

  mountResource(application, "/v1/email-providers/:id", {
    GET: async (call) => call.json(toProviderView(await findProvider(call))),
    DELETE: async (call) => {
      const stored = await findProvider(call);
      const removed = await emailProviders.remove({ workspaceId: stored.workspace_id, id: stored.id });
      if (!removed) throw createProblem("email-provider-unknown");
      return call.body(null, 204);
    },
  });

  mountResource(application, "/v1/email-providers/:id/webhook", {
    PUT: async (call) => {
      const stored = await findProvider(call);
      await setWebhookConfig(services, stored, await readJsonBody(call.req.raw));
      return call.json(await toWebhookView(call, stored));
    },
  });

  mountResource(application, "/v1/email-providers/:id/webhook/secret", {
    POST: async (call) => {
      const stored = await findProvider(call);
      const secret = await replaceWebhookSecret(services, stored);
      return call.json(await toWebhookView(call, stored, secret));
    },
  });

  mountResource(application, "/v1/email-providers/:id/test", {
    POST: async (call) => {
      const stored = await findProvider(call);
      const { to } = parseFields("body-invalid", testFields, await readJsonBody(call.req.raw));
      return call.json(await testEmailProvider({ stored, to, signal: toSignal(call) }));
    },
  });
}
