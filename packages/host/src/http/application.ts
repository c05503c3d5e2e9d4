import type { Context, Hono } from "hono";
import type { RequestRecord } from "./request-record.js";

export interface ApplicationEnvironment {
  Bindings: RequestRecord;
}

export type Application = Hono<ApplicationEnvironment>;
export type Call = Context<ApplicationEnvironment>;
