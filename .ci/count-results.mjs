// usage: node .ci/count-results.mjs REPORT.json
// Prints "PASSED FAILED" of a vitest JSON report. A test file that failed beside its tests counts as one failed test, and so
// does each test that was left out: nobody would see it among thousands. What may be left out is named here, with the reason.
import { readFileSync } from "node:fs";

/** How the full name of the test begins, and why a machine may not run it. */
const mayBeLeftOut = [["at a terminal ", "needs script(1), which .ci/run does not install"]];

const { numPassedTests, numFailedTests, testResults } = readReport(process.argv[2]);
const broken = testResults.filter(
  (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
);
const leftOut = testResults
  .flatMap((file) => file.assertionResults)
  .filter(({ status }) => status !== "passed" && status !== "failed");
let unexcused = 0;
for (const { fullName } of leftOut) {
  const [, reason] = mayBeLeftOut.find(([beginning]) => fullName.startsWith(beginning)) ?? [];
  if (reason === undefined) unexcused += 1;
  console.error(`left out: ${fullName} (${reason ?? "counts as failed"})`);
}
console.log(numPassedTests, numFailedTests + broken.length + unexcused);

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Whatever the exit status says: a step without its report has proven nothing.
    return { numPassedTests: 0, numFailedTests: 1, testResults: [] };
  }
}
