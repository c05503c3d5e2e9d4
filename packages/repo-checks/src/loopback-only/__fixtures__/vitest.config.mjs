import { fileURLToPath } from "node:url";
import workspace from "../../../../../vitest.workspace.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The projects as they are, with these fixtures in place of their tests. */
export default {
  test: {
    projects: workspace.test.projects.map((project) => ({
      ...project,
      test: { ...project.test, root, include: ["dials-*.ts"] },
    })),
  },
};
