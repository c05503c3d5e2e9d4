import { Hono } from "hono";
import type { HostServices } from "../host-services.js";
import type { WebhookProcessor } from "../webhooks/create-webhook-processor.js";
import type { Application, ApplicationEnvironment } from "./application.js";
import { createProblem } from "./problem.js";
import { mountConnectors } from "./routes/connectors.js";
import { mountDiagnose } from "./routes/diagnose.js";
import { mountEmailEvents } from "./routes/email-events.js";
import { mountEmailProviders } from "./routes/email-providers.js";
import { mountHealth } from "./routes/health.js";
import { mountSuppressions } from "./routes/suppressions.js";
import { mountWebhooks } from "./routes/webhooks.js";
import { toErrorResponse } from "./to-error-response.js";

/** All routes of the host. Every error, thrown wherever, leaves as a problem document. */
export function createApplication(services: HostServices, processor: WebhookProcessor): Application {
  const application = new Hono<ApplicationEnvironment>();
  mountHealth(application, services);
  mountConnectors(application, services);
  mountDiagnose(application, services);
  mountEmailProviders(application, services);
  mountEmailEvents(application, services);
  mountSuppressions(application, services);
  mountWebhooks(application, services, processor);
  application.notFound(() => {
    throw createProblem("route-unknown");
  });
  application.onError((error, call) => toErrorResponse(error, call.env, services));
  return application;
}
