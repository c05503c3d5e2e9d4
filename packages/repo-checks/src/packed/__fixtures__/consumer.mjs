import * as providers from "@getfluxly/email-conformance/providers";
import * as sandbox from "@getfluxly/email-conformance/sandbox-relay";
import * as core from "@getfluxly/email-core";
import * as vaultModule from "@getfluxly/email-core/vault";
import smtp from "@getfluxly/email-custom-smtp";
import exercise from "./exercise.cjs";

await exercise({ core, vaultModule, smtp, sandbox, providers });
console.log("done");
