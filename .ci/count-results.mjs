// usage: node .ci/count-results.mjs REPORT.json
// Prints "PASSED FAILED" of a vitest JSON report. A test file that could not be run counts as one failed test.
import { readFileSync } from "node:fs";

try {
  const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  console.log(report.numPassedTests, report.numFailedTests + broken.length);
} catch {
  // The step ended before it could write its report; its exit status counts.
  console.log(0, 0);
}
