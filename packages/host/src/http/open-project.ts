import type { HostServices } from "../host-services.js";
import { isId } from "../identifiers/is-id.js";
import type { Call } from "./application.js";
import { authenticate } from "./authenticate.js";
import { createProblem } from "./problem.js";

/** The workspace and project of the call; another workspace's project is as unknown as one that never was. */
export async function openProject(
  call: Call,
  { apiKeys, projects }: Pick<HostServices, "apiKeys" | "projects">,
): Promise<{ workspaceId: string; projectId: string }> {
  const workspaceId = await authenticate(call, apiKeys);
  const projectId = call.req.param("project_id") ?? "";
  if (isId(projectId) && (await projects.hasProject({ workspaceId, id: projectId }))) {
    return { workspaceId, projectId };
  }
  throw createProblem("project-unknown");
}
