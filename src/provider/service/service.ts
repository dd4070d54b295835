import { ResponseError, type Source } from "../../api/index.js";
import {
  ConfigError,
  type ConfigReader,
  isKeyUntrimmed,
  NO_KEY,
  readConfig,
  UNTRIMMED_KEY,
} from "../config.js";
import type { Client } from "./client.js";

/** The service that the stack is configured for. */
export interface Service {
  /** The client; throws {@link ConfigError} if no key is configured or the endpoint is bad. */
  client(): Client;
  /** The key; throws {@link ConfigError} if none is configured. */
  apiKey(): string;
  /** Whether a key is configured; throws {@link ConfigError} if the endpoint is bad. */
  hasKey(): boolean;
  /**
   * Throws if no key is configured, or the service rejects it; asked once per process. If the service cannot
   * tell, nothing is known against the key.
   */
  requireAcceptedKey(): Promise<void>;
  /** One source, fetched once per process; only that it does not exist is asked again. */
  source(sourceId: string): Promise<Source>;
  /** Throws if a database does not exist, or if that cannot be found out; asked once per process. */
  database(databaseName: string): Promise<void>;
}

/** The service, configured lazily so that nothing fails before it is needed. */
export function createService(
  get: ConfigReader,
  connect: (options: { apiKey: string; endpoint: string }) => Client,
  warnOnce: (message: string) => void,
): Service {
  let client: Client | undefined;
  let accepted: Promise<void> | undefined;
  const sources = new Map<string, Promise<Source>>();
  const databases = new Map<string, Promise<void>>();
  const service: Service = {
    client() {
      client ??= connect({ apiKey: service.apiKey(), endpoint: readConfig(get).endpoint });
      return client;
    },
    apiKey() {
      const { apiKey } = readConfig(get);
      if (!apiKey) throw new ConfigError(NO_KEY);
      if (isKeyUntrimmed(get)) warnOnce(UNTRIMMED_KEY);
      return apiKey;
    },
    hasKey: () => readConfig(get).apiKey !== undefined,
    requireAcceptedKey() {
      accepted ??= requireAccepted(service);
      return accepted;
    },
    source(sourceId) {
      const id = sourceId.toLowerCase();
      let found = sources.get(id);
      if (!found) {
        found = service.client().getSource(id);
        sources.set(id, found);
        found.catch((error) => {
          if (error instanceof ResponseError && error.status === 404) sources.delete(id);
        });
      }
      return found;
    },
    database(databaseName) {
      const query = { database_name: databaseName, limit: 1 };
      const found =
        databases.get(databaseName) ??
        service
          .client()
          .listSources(query)
          .then(() => undefined);
      databases.set(databaseName, found);
      return found;
    },
  };
  return service;
}

const KEY_LIMIT_MS = 10_000;

async function requireAccepted(service: Service): Promise<void> {
  const client = service.client();
  try {
    await client.listSources({ limit: 1 }, AbortSignal.timeout(KEY_LIMIT_MS));
  } catch (error) {
    if (error instanceof ResponseError && error.status === 401) throw error;
  }
}
