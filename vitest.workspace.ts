import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const packages = readdirSync(`${root}packages`);

/** Tests run against the sources of every package, never against dist. */
const alias = [
  { find: /^@getfluxly\/email-([a-z0-9-]+)$/, replacement: `${root}packages/$1/src/index.ts` },
  {
    find: /^@getfluxly\/email-([a-z0-9-]+)\/([a-z0-9-]+)$/,
    replacement: `${root}packages/$1/src/$2/index.ts`,
  },
];

const projects = packages.map(
  (name): TestProjectInlineConfiguration => ({
    resolve: { alias },
    test: {
      name,
      root: `${root}packages/${name}`,
      include: ["src/**/*.test.ts"],
      setupFiles: [`${root}packages/repo-checks/src/loopback-only/loopback-only.ts`],
      environment: "node",
      // Generous, because a busy machine must not fail a test; what has to be quick says so itself.
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  }),
);

export default defineConfig({
  test: {
    projects,
    // One more than there are cores: the tests wait for servers and databases most of the time.
    maxWorkers: availableParallelism() + 1,
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: [
        "packages/repo-checks/**",
        "packages/bench/**",
        "**/__fixtures__/**",
        "**/*.test.ts",
        "**/*.test-d.ts",
      ],
      reporter: ["text-summary", "json-summary", "lcov"],
      thresholds: { lines: 85, branches: 75, functions: 85, statements: 85 },
    },
  },
});
