/** A batch in SendGrid's shape and spelling: deliveries for the most part, opens and clicks, a few bounces. Always the same. */
export function createSendGridBatch(events: number): Uint8Array {
  const items = Array.from({ length: events }, (_, index) => JSON.stringify(toEvent(index)));
  return new TextEncoder().encode(`[${items.join(",\r\n")}]\r\n`);
}

const mix = [
  "processed",
  "processed",
  "delivered",
  "delivered",
  "open",
  "open",
  "click",
  "deferred",
  "bounce",
  "dropped",
];

function toEvent(index: number): object {
  const event = mix[index % mix.length] ?? "processed";
  const id = `${index}`.padStart(22, "Qx3_vK0w-ZpLr7Tn2BcYhA");
  return {
    email: `recipient-${index}@customer-${index % 50}.example`,
    // A batch leaves every 30 seconds.
    timestamp: 1_931_058_367 + Math.floor((index * 30) / 1_000),
    "smtp-id": `<${id}@geopod-ismtpd-3>`,
    event,
    category: ["welcome", "onboarding"],
    sg_event_id: `${event}-0-26157391-${id}`,
    sg_message_id: `${id}.recvd-6bf6cbc8b-2x8tq-1-65F0A2C1-2A.0`,
    gf_id: `01JPA5M6T7X8Y9Z0ABCD${`${index}`.padStart(6, "0")}`,
    order: `A-${index}`,
    ...details[event],
  };
}

const details: Readonly<Record<string, object>> = {
  delivered: { ip: "192.0.2.31", response: "250 2.0.0 OK 1931058367 d9443c01a7336-2b1 - gsmtp", tls: 1 },
  open: {
    useragent: "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    ip: "198.51.100.7",
    sg_machine_open: false,
    sg_content_type: "html",
  },
  click: {
    useragent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ip: "198.51.100.7",
    url: "https://www.customer.example/welcome?utm_source=mail",
    url_offset: { index: 0, type: "html" },
  },
  deferred: {
    attempt: "3",
    response: "451 4.7.1 Greylisted, please try again in 300 seconds",
    ip: "192.0.2.31",
    tls: 1,
  },
  bounce: {
    type: "bounce",
    status: "5.1.1",
    reason: "550 5.1.1 The email account that you tried to reach does not exist. - gsmtp",
    bounce_classification: "Invalid Address",
    ip: "192.0.2.31",
    tls: 1,
  },
  dropped: { reason: "Bounced Address", status: "5.0.0" },
};
