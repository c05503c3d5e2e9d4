import * as z from "zod";

/** The ports on which a relay listens, the usual one first; with implicit TLS on some of them. */
export function portField<const Ports extends readonly [number, ...number[]]>(
  ports: Ports,
): z.ZodDefault<z.ZodLiteral<Ports[number]>> {
  const [usual] = ports;
  return z
    .literal(ports, { error: `Must be one of ${ports.join(", ")}; ${usual} is usual.` })
    .default(usual)
    .meta({
      title: "Port",
      description: `Leave it at ${usual}, unless a firewall or hosting provider blocks that.`,
    });
}
