/** Members of an event that are SMTP2GO's, in lower case: some came in another. */
export const knownNames: ReadonlySet<string> = new Set(
  [
    "event time sendtime sender from from_address from_name rcpt recipients auth host",
    "message context email_id id message-id bounce subject url link",
    "user-agent read-secs client client-device client-os srchost",
    "geoip-continent geoip-country geoip-city",
  ].flatMap((line) => line.split(" ")),
);
