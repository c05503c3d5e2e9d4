import type { HostServices } from "../../host-services.js";
import { listSuppressions, removeSuppression, type Suppression } from "../../storage/suppression-store.js";
import type { Application } from "../application.js";
import { mountResource } from "../mount-resource.js";
import { openProject } from "../open-project.js";
import { pageFields, toPage } from "../page-fields.js";
import { parseFields } from "../parse-fields.js";
import { createProblem } from "../problem.js";

/** Addresses that get no mail any more, and why. */
export function mountSuppressions(application: Application, services: HostServices): void {
  const { database } = services;
  mountResource(application, "/v1/projects/:project_id/suppressions", {
    GET: async (call) => {
      const project = await openProject(call, services);
      const { limit, after } = parseFields("query-invalid", pageFields, call.req.query());
      const found = await listSuppressions(database, project, { limit: limit + 1, after });
      return call.json(toPage(found, limit, toView));
    },
  });
  mountResource(application, "/v1/projects/:project_id/suppressions/:address", {
    DELETE: async (call) => {
      const project = await openProject(call, services);
      const removed = await removeSuppression(database, project, call.req.param("address") ?? "");
      if (removed === 0) throw createProblem("suppression-unknown");
      return call.body(null, 204);
    },
  });
}

const toView = ({ created_at, email_event_id, ...suppression }: Suppression) => ({
  ...suppression,
  email_event_id,
  created_at: created_at.toISOString(),
});
