import { diagnoseProvider } from "@getfluxly/email-core/diagnosis";
import { streamSSE } from "hono/streaming";
import { readDiagnosisRequest } from "../../diagnosis/read-diagnosis-request.js";
import { toWireEvent } from "../../diagnosis/to-wire-diagnosis.js";
import type { HostServices } from "../../host-services.js";
import { createRedactor } from "../../providers/create-redactor.js";
import type { Application } from "../application.js";
import { mountResource } from "../mount-resource.js";
import { openProject } from "../open-project.js";
import { readJsonBody } from "../read-json-body.js";

/**
 * Tries settings that are not stored. With `Accept: text/event-stream` each stage is told as it ends; otherwise the report
 * is the answer. 200 for every check that was carried out, whatever came of it.
 */
export function mountDiagnose(application: Application, services: HostServices): void {
  const { closing, context, registry } = services;
  mountResource(application, "/v1/projects/:project_id/email-providers/diagnose", {
    POST: async (call) => {
      await openProject(call, services);
      const request = await readDiagnosisRequest(await readJsonBody(call.req.raw), registry);
      const { definition, config, sender, options } = request;
      const redact = createRedactor(config, definition.secretFields);
      const left = new AbortController();
      const signal = AbortSignal.any([call.req.raw.signal, closing, left.signal]);
      const events = diagnoseProvider(definition, { config, sender, context }, { ...options, signal });

      if (/\btext\/event-stream\b/i.test(call.req.header("accept") ?? "")) {
        return streamSSE(call, async (stream) => {
          stream.onAbort(() => left.abort());
          for await (const event of events) {
            await stream.writeSSE({ event: event.type, data: JSON.stringify(toWireEvent(event, redact)) });
          }
        });
      }
      for await (const event of events) {
        if (event.type === "report") return call.json(toWireEvent(event, redact));
      }
      throw new TypeError("The diagnosis ended without a report.");
    },
  });
}
