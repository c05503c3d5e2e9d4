import type { HostServices } from "../../host-services.js";
import { toConnectorView } from "../../providers/to-connector-view.js";
import type { Application } from "../application.js";
import { authenticate } from "../authenticate.js";
import { mountResource } from "../mount-resource.js";

/** What can be connected, with the form of each connector as JSON Schema. */
export function mountConnectors(application: Application, { apiKeys, registry }: HostServices): void {
  mountResource(application, "/v1/connectors", {
    GET: async (call) => {
      await authenticate(call, apiKeys);
      const descriptions = await Promise.all(registry.ids.map((id) => registry.describe(id)));
      return call.json({ data: descriptions.map(toConnectorView) });
    },
  });
}
