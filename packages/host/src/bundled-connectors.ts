/** The connectors that come with the host, as loaders: one that nobody uses is never loaded. */
export const bundledConnectors = {
  smtp: () => import("@getfluxly/email-custom-smtp"),
  postmark: () => import("@getfluxly/email-postmark"),
  sendgrid: () => import("@getfluxly/email-sendgrid"),
  brevo: () => import("@getfluxly/email-brevo"),
  mailtrap: () => import("@getfluxly/email-mailtrap"),
  mailgun: () => import("@getfluxly/email-mailgun"),
  ses: () => import("@getfluxly/email-amazon-ses"),
  smtp2go: () => import("@getfluxly/email-smtp2go"),
};
