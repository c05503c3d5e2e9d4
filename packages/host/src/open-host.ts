import { join } from "node:path";
import { createProviderRegistry } from "@getfluxly/email-core";
import { createVault, parseMasterKeys } from "@getfluxly/email-core/vault";
import { createRelayNetworkPolicy } from "@getfluxly/email-custom-smtp";
import { bundledConnectors } from "./bundled-connectors.js";
import { createHost, type Host } from "./create-host.js";
import { openDataFolder } from "./environment/open-data-folder.js";
import { openMasterKey } from "./environment/open-master-key.js";
import type { HostSettings } from "./environment/read-host-environment.js";
import type { HostLog } from "./host-log.js";
import { openPglite } from "./storage/open-pglite.js";

export interface OpenHost extends Host {
  /** The file of the master key, if this start made one. */
  readonly createdMasterKeyFile: string | undefined;
}

/**
 * A host over the embedded database in the data folder, with the connectors that come with it, as the environment
 * says. Closing it closes the database too.
 */
export async function openHost(settings: HostSettings, log?: HostLog): Promise<OpenHost> {
  await openDataFolder(settings.dataFolder);
  const file = settings.masterKey === undefined ? await openMasterKey(settings.dataFolder) : undefined;
  const vault = await createVault(parseMasterKeys(settings.masterKey ?? file?.masterKey ?? ""));
  const database = await openPglite({ folder: join(settings.dataFolder, "database") });
  try {
    const host = await createHost({
      database,
      vault,
      registry: createProviderRegistry(bundledConnectors),
      relayNetwork: createRelayNetworkPolicy({
        allowNetworks: settings.relayAllowNetworks,
        allowPorts: settings.relayAllowPorts,
      }),
      certificateAuthorities: settings.certificateAuthorities,
      clientName: settings.relayClientName,
      log,
    });
    return {
      ...host,
      createdMasterKeyFile: file?.created ? file.path : undefined,
      close: () => host.close().finally(() => database.close()),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
