export type {
  CapturedEnvelope,
  CapturedMessage,
  EsmtpParameters,
  ParsedAttachment,
  ParsedMailbox,
  ParsedMessage,
} from "./captured-message.js";
export { closedPort } from "./closed-port.js";
export type { Fault, FaultAction, FaultPoint, Trickle } from "./fault.js";
export type { RelayCertificateKind } from "./relay-certificate.js";
export type { SandboxConnection, TranscriptEntry } from "./sandbox-connection.js";
export type { SandboxRelay, WaitOptions } from "./sandbox-relay.js";
export type {
  AuthenticationMechanism,
  SandboxRelayExtensions,
  SandboxRelayOptions,
  TlsVersion,
} from "./sandbox-relay-options.js";
export { startSandboxRelay } from "./start-sandbox-relay.js";
export {
  type CertificateRequest,
  createTestCertificateAuthority,
  type IssuedCertificate,
  type TestCertificateAuthority,
} from "./test-certificate-authority.js";
