import { isEmailError } from "@getfluxly/email-core";
import type { HostServices } from "../../host-services.js";
import { toConnectorView } from "../../providers/to-connector-view.js";
import type { Application } from "../application.js";
import { authenticate } from "../authenticate.js";
import { mountResource } from "../mount-resource.js";

/** What can be connected, with the form of each connector as JSON Schema. */
export function mountConnectors(application: Application, { apiKeys, log, registry }: HostServices): void {
  /** A connector that cannot be loaded is the operator's business; the others are still offered. */
  async function describe(id: string) {
    try {
      return [toConnectorView(await registry.describe(id))];
    } catch (error) {
      log.error(
        { provider: id, code: isEmailError(error) ? error.code : "internal" },
        "connector not available",
      );
      return [];
    }
  }

  mountResource(application, "/v1/connectors", {
    GET: async (call) => {
      await authenticate(call, apiKeys);
      return call.json({ data: (await Promise.all(registry.ids.map(describe))).flat() });
    },
  });
}
