import { createSocket } from "node:dgram";
import { once } from "node:events";

interface DnsAnswer {
  /** Default: the name that was asked for. */
  readonly name?: string;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly data: string;
  readonly ttl?: number;
}

/** A list is an answer; a number a response code (RFC 1035 section 4.1.1); undefined is silence. */
export type DnsScript = (
  name: string,
  type: "A" | "AAAA" | "other",
) => readonly DnsAnswer[] | number | undefined;

const types = { A: 1, CNAME: 5, AAAA: 28 } as const;

/** A DNS server on loopback that answers as it is told, over UDP. */
export async function startDnsServer(script: DnsScript) {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const { name, type, end } = readQuestion(query);
    const kind = type === types.A ? "A" : type === types.AAAA ? "AAAA" : "other";
    asked.push(`${name} ${kind}`);
    const result = script(name, kind);
    if (result === undefined) return;
    const answers = typeof result === "number" ? [] : result;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (typeof result === "number" ? result : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    const records = answers.map((answer) => toRecord(answer, name));
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function toRecord({ name, type, data, ttl = 60 }: DnsAnswer, asked: string): Buffer {
  const octets = type === "CNAME" ? toName(data) : type === "A" ? toIpv4(data) : toIpv6(data);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(types[type], 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt16BE(octets.length, 8);
  return Buffer.concat([toName(name ?? asked), head, octets]);
}

const toName = (name: string) =>
  Buffer.concat([
    ...name
      .split(".")
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")])),
    Buffer.from([0]),
  ]);

const toIpv4 = (address: string) => Buffer.from(address.split(".").map(Number));

function toIpv6(address: string): Buffer {
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((it) => it.toString(16)).join(":"),
  );
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return Buffer.from([...left, ...middle, ...right].map((group) => group.padStart(4, "0")).join(""), "hex");
}
