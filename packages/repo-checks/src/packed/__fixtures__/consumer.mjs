import * as providers from "@getfluxly/email-conformance/providers";
import * as sandbox from "@getfluxly/email-conformance/sandbox-relay";
import * as core from "@getfluxly/email-core";
import * as vaultModule from "@getfluxly/email-core/vault";
import smtp from "@getfluxly/email-custom-smtp";
import * as bridge from "@getfluxly/email-custom-smtp/nodemailer";
import nodemailer from "nodemailer";
import exercise from "./exercise.cjs";

await exercise({ core, vaultModule, smtp, bridge, nodemailer, sandbox, providers });
console.log("done");
