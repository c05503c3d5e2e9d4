import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type AnyProviderDefinition,
  createProviderRegistry,
  type ManagedProvider,
  type OpenOptions,
} from "@getfluxly/email-core";
import { UsageError } from "../command-line/usage-error.js";
import { createRelayRegistry } from "./relay-registry.js";

export interface RelayChoice {
  /** One of the built-in ids. */
  readonly relay?: string | undefined;
  /** A package or file of one's own, looked for from the current folder. */
  readonly connector?: string | undefined;
}

export interface LoadedRelay {
  readonly definition: AnyProviderDefinition;
  open(options: OpenOptions<unknown>): Promise<ManagedProvider>;
}

/** A connector: `smtp` unless another one is named. */
export async function loadRelay({ relay, connector }: RelayChoice): Promise<LoadedRelay> {
  if (connector !== undefined) return loadOwn(connector);
  const registry = createRelayRegistry();
  const id = relay ?? "smtp";
  if (!registry.has(id)) {
    const known = `These are known: ${registry.ids.join(", ")}. For another connector name its package or file with --connector.`;
    throw new UsageError(`There is no relay \`${id}\`.`, known);
  }
  return { definition: await registry.load(id), open: (options) => registry.openDynamic(id, options) };
}

async function loadOwn(connector: string): Promise<LoadedRelay> {
  const loaded = await import(resolveFromHere(connector));
  const { default: outer = loaded } = Object(loaded);
  const { default: inner = outer } = Object(outer);
  const id = String(Object(inner).id);
  const registry = createProviderRegistry({});
  registry.register(id, () => Promise.resolve(loaded));
  return { definition: await registry.load(id), open: (options) => registry.openDynamic(id, options) };
}

function resolveFromHere(connector: string): string {
  try {
    return pathToFileURL(createRequire(join(process.cwd(), "connector")).resolve(connector)).href;
  } catch {
    const hint = "Install it there, or give the path of its file, beginning with `./`.";
    throw new UsageError(`The connector ${connector} is not found from ${process.cwd()}.`, hint);
  }
}
