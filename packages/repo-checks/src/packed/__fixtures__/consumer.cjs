const exercise = require("./exercise.cjs");

exercise({
  core: require("@getfluxly/email-core"),
  vaultModule: require("@getfluxly/email-core/vault"),
  smtp: require("@getfluxly/email-custom-smtp").default,
  bridge: require("@getfluxly/email-custom-smtp/nodemailer"),
  nodemailer: require("nodemailer"),
  sandbox: require("@getfluxly/email-conformance/sandbox-relay"),
  providers: require("@getfluxly/email-conformance/providers"),
}).then(() => console.log("done"));
