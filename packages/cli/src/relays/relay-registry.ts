import { createProviderRegistry } from "@getfluxly/email-core";

/** Connectors by id; each is loaded when it is asked for. */
export function createRelayRegistry() {
  return createProviderRegistry({
    smtp: () => import("@getfluxly/email-custom-smtp"),
    brevo: () => import("@getfluxly/email-brevo"),
    mailgun: () => import("@getfluxly/email-mailgun"),
    mailtrap: () => import("@getfluxly/email-mailtrap"),
    postmark: () => import("@getfluxly/email-postmark"),
    sendgrid: () => import("@getfluxly/email-sendgrid"),
    ses: () => import("@getfluxly/email-amazon-ses"),
    smtp2go: () => import("@getfluxly/email-smtp2go"),
  });
}
