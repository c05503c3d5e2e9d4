import type { Queryable } from "./database.js";

/** Workspaces and the projects in them. */
export interface ProjectStore {
  /** Makes the workspace unless it is there. */
  ensureWorkspace(workspace: { readonly id: string; readonly name: string }): Promise<void>;
  /** Makes the project unless it is there; false when the id belongs to another workspace. */
  ensureProject(project: Project): Promise<boolean>;
  hasProject(key: { readonly workspaceId: string; readonly id: string }): Promise<boolean>;
}

interface Project {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
}

export function createProjectStore(database: Queryable): ProjectStore {
  const hasProject: ProjectStore["hasProject"] = async ({ workspaceId, id }) => {
    const rows = await database.query("select 1 from projects where workspace_id = $1 and id = $2", [
      workspaceId,
      id,
    ]);
    return rows.length > 0;
  };
  return {
    ensureWorkspace: async ({ id, name }) => {
      await database.query("insert into workspaces (id, name) values ($1, $2) on conflict (id) do nothing", [
        id,
        name,
      ]);
    },
    ensureProject: async ({ id, workspaceId, name }) => {
      await database.query(
        "insert into projects (id, workspace_id, name) values ($1, $2, $3) on conflict (id) do nothing",
        [id, workspaceId, name],
      );
      return hasProject({ workspaceId, id });
    },
    hasProject,
  };
}
