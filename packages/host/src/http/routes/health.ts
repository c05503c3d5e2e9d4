import type { HostServices } from "../../host-services.js";
import type { Application } from "../application.js";
import { mountResource } from "../mount-resource.js";
import { createProblem } from "../problem.js";

/** For load balancers: 200 while the database answers. Needs no key and tells nothing else. */
export function mountHealth(application: Application, { database, log }: HostServices): void {
  mountResource(application, "/healthz", {
    GET: async (call) => {
      try {
        await database.query("select 1");
      } catch (error) {
        log.error({ name: error instanceof Error ? error.name : typeof error }, "database does not answer");
        throw createProblem("not-ready");
      }
      return call.json({ status: "ok" });
    },
  });
}
