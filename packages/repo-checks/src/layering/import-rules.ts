/** What a package's sources may import. Everything that is not listed is illegal. */
interface PackageRule {
  /** Folders below packages/. */
  readonly packages: readonly string[];
  /** In tests, besides. */
  readonly packagesInTests: readonly string[];
  /** Whether Node's own modules and packages from the registry are open to it. */
  readonly outside: boolean;
}

const presets = ["postmark", "sendgrid", "brevo", "mailtrap", "mailgun", "amazon-ses", "smtp2go"];

const preset: PackageRule = {
  packages: ["core", "custom-smtp"],
  packagesInTests: ["conformance"],
  outside: true,
};

export const packageRules: Readonly<Record<string, PackageRule>> = {
  core: { packages: [], packagesInTests: [], outside: false },
  "custom-smtp": { packages: ["core"], packagesInTests: ["conformance"], outside: true },
  conformance: { packages: ["core"], packagesInTests: [], outside: true },
  postmark: preset,
  sendgrid: preset,
  brevo: preset,
  mailtrap: preset,
  mailgun: preset,
  "amazon-ses": preset,
  smtp2go: preset,
  resend: { packages: ["core"], packagesInTests: ["conformance"], outside: true },
  deliverability: { packages: ["core"], packagesInTests: [], outside: true },
  cli: {
    packages: ["core", "custom-smtp", "deliverability", "conformance", ...presets],
    packagesInTests: [],
    outside: true,
  },
  host: {
    packages: ["core", "custom-smtp", "deliverability", ...presets],
    packagesInTests: ["conformance"],
    outside: true,
  },
  bench: { packages: ["core", "custom-smtp", "sendgrid", "conformance"], packagesInTests: [], outside: true },
  "repo-checks": {
    packages: ["core", "conformance", "custom-smtp"],
    packagesInTests: ["custom-smtp", "host"],
    outside: true,
  },
};

/** Folders of packages/core/src and those that each may import. `index.ts` above them gathers all. */
export const coreFolderRules: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  errors: ["contract"],
  config: ["contract", "errors"],
  message: ["contract", "errors"],
  vault: ["contract", "errors"],
  redaction: ["contract", "errors"],
  webhook: ["contract", "errors"],
  provider: ["contract", "errors", "config", "message"],
  compose: ["contract", "errors"],
  registry: ["contract", "errors", "config", "message", "provider", "webhook"],
  diagnosis: ["contract", "errors", "config", "message", "provider", "registry"],
};

/** Modules with a home: they may be imported from below these folders only. The benchmarks measure against nodemailer. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  nodemailer: ["packages/custom-smtp/src/compose/", "packages/bench/src/"],
};
