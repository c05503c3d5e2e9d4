import * as z from "zod";
import type { HostServices } from "../../host-services.js";
import { isId } from "../../identifiers/is-id.js";
import { addressField } from "../../providers/common-fields.js";
import { createEmailProvider } from "../../providers/create-email-provider.js";
import { createEmailProviderTester } from "../../providers/test-email-provider.js";
import { toProviderView } from "../../providers/to-provider-view.js";
import type { StoredEmailProvider } from "../../storage/email-provider-store.js";
import type { Application, Call } from "../application.js";
import { authenticate } from "../authenticate.js";
import { mountResource } from "../mount-resource.js";
import { parseFields } from "../parse-fields.js";
import { createProblem } from "../problem.js";
import { readJsonBody } from "../read-json-body.js";

const testFields = z.strictObject({ to: addressField });

const pageFields = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, "Must be a whole number from 1 to 100.")
    .transform(Number)
    .default(20),
  after: z.string().refine(isId, "Must be the `next_after` of an earlier answer.").optional(),
});

/** Stored providers: create (which verifies first), list, read, delete, test. */
export function mountEmailProviders(application: Application, services: HostServices): void {
  const { apiKeys, closing, emailProviders, projects, publicUrl } = services;
  const testEmailProvider = createEmailProviderTester(services);
  const toSignal = (call: Call) => AbortSignal.any([call.req.raw.signal, closing]);

  /** The workspace and project of the call; another workspace's project is as unknown as one that never was. */
  async function openProject(call: Call): Promise<{ workspaceId: string; projectId: string }> {
    const workspaceId = await authenticate(call, apiKeys);
    const projectId = call.req.param("project_id") ?? "";
    if (isId(projectId) && (await projects.hasProject({ workspaceId, id: projectId }))) {
      return { workspaceId, projectId };
    }
    throw createProblem("project-unknown");
  }

  async function findProvider(call: Call): Promise<StoredEmailProvider> {
    const workspaceId = await authenticate(call, apiKeys);
    const id = call.req.param("id") ?? "";
    const stored = isId(id) ? await emailProviders.find({ workspaceId, id }) : undefined;
    if (!stored) throw createProblem("email-provider-unknown");
    return stored;
  }

  mountResource(application, "/v1/projects/:project_id/email-providers", {
    GET: async (call) => {
      const project = await openProject(call);
      const { limit, after } = parseFields("query-invalid", pageFields, call.req.query());
      const found = await emailProviders.list({ ...project, limit: limit + 1, after });
      const page = found.slice(0, limit);
      return call.json({
        data: page.map(toProviderView),
        next_after: found.length > limit ? page.at(-1)?.id : null,
      });
    },
    POST: async (call) => {
      const project = await openProject(call);
      const body = await readJsonBody(call.req.raw);
      const { stored, webhookSecret } = await createEmailProvider(services, {
        ...project,
        body,
        signal: toSignal(call),
      });
      const origin = publicUrl ?? new URL(call.req.url).origin;
      const webhook = {
        url: `${origin}/webhooks/${stored.provider}/${stored.project_id}`,
        secret: webhookSecret,
      };
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

  mountResource(application, "/v1/email-providers/:id/test", {
    POST: async (call) => {
      const stored = await findProvider(call);
      const { to } = parseFields("body-invalid", testFields, await readJsonBody(call.req.raw));
      return call.json(await testEmailProvider({ stored, to, signal: toSignal(call) }));
    },
  });
}
