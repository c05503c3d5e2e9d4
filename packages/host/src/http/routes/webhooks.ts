import type { HostServices } from "../../host-services.js";
import { isId } from "../../identifiers/is-id.js";
import type { WebhookProcessor } from "../../webhooks/create-webhook-processor.js";
import { receiveProjectWebhook } from "../../webhooks/receive-project-webhook.js";
import type { Application, Call } from "../application.js";
import { mountResource } from "../mount-resource.js";
import { createProblem } from "../problem.js";

/**
 * Where relays post: store first, answer as the relay expects, then process. No key: the request proves itself. GET and
 * HEAD are answered 200, since relays and people look whether somebody is there.
 */
export function mountWebhooks(
  application: Application,
  services: HostServices,
  processor: WebhookProcessor,
): void {
  const { emailProviders, log, registry } = services;

  async function receive(call: Call): Promise<Response> {
    const slug = call.req.param("slug") ?? "";
    const projectId = call.req.param("project_id") ?? "";
    const definition = registry.has(slug) ? await registry.load(slug) : undefined;
    const candidates =
      definition?.webhook && isId(projectId)
        ? await emailProviders.listForWebhook({ projectId, provider: slug })
        : [];
    if (!definition || candidates.length === 0) throw createProblem("route-unknown");
    const { status, headers, outcome, reason, requestId } = await receiveProjectWebhook(
      services,
      definition,
      candidates,
      call.req.raw,
    );
    if (outcome === "refused" || outcome === "unavailable") {
      log.warn({ slug, project_id: projectId, outcome, reason }, "webhook not received");
    }
    // Not awaited: the relay has its answer when the request is stored.
    if (requestId !== undefined) processor.process(requestId);
    return new Response(null, { status, headers });
  }

  mountResource(application, "/webhooks/:slug/:project_id", { GET: receive, POST: receive });
}
