import type { Application, Call } from "./application.js";
import { createProblem } from "./problem.js";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Handler = (call: Call) => Response | Promise<Response>;

/** Puts the methods of one address into the application; any other method is answered 405 with `Allow`. */
export function mountResource(
  application: Application,
  pattern: string,
  handlers: Readonly<Partial<Record<Method, Handler>>>,
): void {
  const methods = Object.entries(handlers);
  for (const [method, handler] of methods) {
    application.on(method, pattern, (call) => {
      call.env.route = pattern;
      return handler(call);
    });
  }
  // Hono answers HEAD with the GET handler.
  const allow = methods.flatMap(([method]) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  application.all(pattern, (call) => {
    call.env.route = pattern;
    throw createProblem("method-not-allowed", { headers: { allow } });
  });
}
