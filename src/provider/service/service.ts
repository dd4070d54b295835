import { ResponseError, type Source } from "../../api/index.js";
import { ConfigError, type ConfigReader, NO_KEY, readConfig } from "../config.js";
import type { Client } from "./client.js";

/** The service that the stack is configured for. */
export interface Service {
  /** The client; throws {@link ConfigError} if no key is configured or the endpoint is bad. */
  client(): Client;
  /** The key; throws {@link ConfigError} if none is configured. */
  apiKey(): string;
  /** Whether a key is configured; throws {@link ConfigError} if the endpoint is bad. */
  hasKey(): boolean;
  /** One source, fetched once per process; only that it does not exist is asked again. */
  source(sourceId: string): Promise<Source>;
}

/** The service, configured lazily so that nothing fails before it is needed. */
export function createService(
  get: ConfigReader,
  connect: (options: { apiKey: string; endpoint: string }) => Client,
): Service {
  let client: Client | undefined;
  const sources = new Map<string, Promise<Source>>();
  const service: Service = {
    client() {
      client ??= connect({ apiKey: service.apiKey(), endpoint: readConfig(get).endpoint });
      return client;
    },
    apiKey() {
      const { apiKey } = readConfig(get);
      if (!apiKey) throw new ConfigError(NO_KEY);
      return apiKey;
    },
    hasKey: () => readConfig(get).apiKey !== undefined,
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
  };
  return service;
}
