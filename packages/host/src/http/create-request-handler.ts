import type { HostServices } from "../host-services.js";
import { createId } from "../identifiers/create-id.js";
import type { Application } from "./application.js";
import { createProblem } from "./problem.js";
import type { RequestRecord } from "./request-record.js";
import { toErrorResponse } from "./to-error-response.js";

/** The application as one function: gives each request an id, its answer the common headers, and the log one line. */
export function createRequestHandler(
  application: Application,
  services: Pick<HostServices, "closing" | "log">,
) {
  const running = new Set<Promise<Response>>();

  async function answer(request: Request): Promise<Response> {
    const startedMs = performance.now();
    const record: RequestRecord = { requestId: createId("req") };
    const response = await respond(request, record);
    response.headers.set("x-request-id", record.requestId);
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    services.log.info(
      {
        request_id: record.requestId,
        method: request.method,
        route: record.route ?? null,
        status: response.status,
        duration_ms: Math.round(performance.now() - startedMs),
        workspace_id: record.workspaceId,
        code: record.code,
        stage: record.stage,
      },
      "request",
    );
    return response;
  }

  async function respond(request: Request, record: RequestRecord): Promise<Response> {
    try {
      if (services.closing.aborted) throw createProblem("host-closing");
      return await application.fetch(request, record);
    } catch (error) {
      return toErrorResponse(error, record, services);
    }
  }

  return {
    fetch(request: Request): Promise<Response> {
      const response = answer(request);
      running.add(response);
      return response.finally(() => running.delete(response));
    },
    /** Resolves when every request begun so far has been answered. */
    settle: async (): Promise<void> => {
      await Promise.allSettled(running);
    },
  };
}
