import * as z from "zod";
import type { HostServices } from "../../host-services.js";
import { listEmailEvents, type StoredEmailEvent } from "../../storage/email-event-store.js";
import type { Application } from "../application.js";
import { mountResource } from "../mount-resource.js";
import { openProject } from "../open-project.js";
import { pageFields, toPage } from "../page-fields.js";
import { parseFields } from "../parse-fields.js";
import { toSnakeCase } from "../to-snake-case.js";

const eventFields = pageFields.extend({
  type: z.string().max(64).optional(),
  matched: z
    .enum(["true", "false"], "Must be true or false.")
    .transform((text) => text === "true")
    .optional(),
});

/** What relays have reported, matched to a message of ours or not. */
export function mountEmailEvents(application: Application, services: HostServices): void {
  mountResource(application, "/v1/projects/:project_id/email-events", {
    GET: async (call) => {
      const project = await openProject(call, services);
      const { limit, ...query } = parseFields("query-invalid", eventFields, call.req.query());
      const found = await listEmailEvents(services.database, project, { ...query, limit: limit + 1 });
      return call.json(toPage(found, limit, toView));
    },
  });
}

const toView = ({ id, email_provider_id, sent_message_id, proof, event, received_at }: StoredEmailEvent) => ({
  ...toSnakeCase(event),
  id,
  event_id: event.id,
  email_provider_id,
  matched: sent_message_id !== null,
  proof,
  received_at: received_at.toISOString(),
});
