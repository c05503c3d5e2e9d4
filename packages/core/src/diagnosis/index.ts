export { diagnoseProvider } from "./diagnose-provider.js";
export { toDiagnosis } from "./to-diagnosis.js";
export { toVerdict } from "./to-verdict.js";
