import { describeProvider, parseConfig } from "../config/index.js";
import type {
  AnyProviderDefinition,
  IdsMatchKeys,
  ManagedProvider,
  OpenOptions,
  ProviderRegistry,
  RegistryEntry,
} from "../contract/index.js";
import { EmailError } from "../errors/index.js";
import { parseSender } from "../message/index.js";
import { createManagedProvider } from "../provider/index.js";
import { mapProviderFailure } from "../provider/map-provider-failure.js";
import { createContext } from "./create-context.js";
import { loadDefinition } from "./load-definition.js";

/** A registry over definitions and loaders, by id. Loaders run on first use; one that failed runs again. */
export function createProviderRegistry<const Entries extends Readonly<Record<string, RegistryEntry>>>(
  entries: Entries & IdsMatchKeys<Entries>,
): ProviderRegistry<Entries> {
  const known = new Map<string, RegistryEntry>(Object.entries(entries));
  const loaded = new Map<string, Promise<AnyProviderDefinition>>();

  const load = async (id: string) => {
    const entry = known.get(id);
    if (!entry) {
      const message = `The connector ${id} is unknown. Known: ${[...known.keys()].join(", ")}.`;
      throw new EmailError({ code: "provider-unknown", stage: "load", message });
    }
    const definition = loaded.get(id) ?? loadDefinition(id, entry);
    loaded.set(id, definition);
    try {
      return await definition;
    } catch (error) {
      if (loaded.get(id) === definition) loaded.delete(id);
      throw error;
    }
  };
  const open = async <Id extends string>(
    id: Id,
    options: OpenOptions<unknown>,
  ): Promise<ManagedProvider<Id>> => {
    const definition = await load(id);
    const config = await parseConfig(definition, options.config);
    const context = createContext(parseSender(options.sender), options.context);
    try {
      // The schema has just made the config that this `create` takes.
      const provider = await definition.create(config as never, context);
      if (!provider.verify || !provider.send || !provider.close) throw new TypeError("No provider.");
      return createManagedProvider(provider, { ...definition, id }, context);
    } catch (error) {
      throw mapProviderFailure(error, "create", "not_sent");
    }
  };

  return {
    get ids() {
      // Ids registered later are not in the type.
      return [...known.keys()] as (keyof Entries & string)[];
    },
    has: (id) => known.has(id),
    register(id, entry) {
      if (known.has(id)) {
        const message = `The connector ${id} is already registered.`;
        throw new EmailError({ code: "provider-already-registered", stage: "register", message });
      }
      known.set(id, entry);
    },
    load,
    describe: async (id) => describeProvider(await load(id)),
    open,
    openDynamic: open,
    loadWebhook: async (slug) => (await load(slug)).webhook,
  };
}
