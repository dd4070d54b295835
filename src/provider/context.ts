import { ChromaSyncClient, ResponseError, type Source } from "../api/index.js";
import { ConfigError, type ConfigReader, NO_KEY, readConfig } from "./config.js";

/** What the lifecycle functions need from the outside. */
export interface Context {
  /** The client; throws {@link ConfigError} where no key is configured or the endpoint is bad. */
  client(): ChromaSyncClient;
  /** Whether a key is configured; throws {@link ConfigError} on a bad endpoint. */
  hasKey(): boolean;
  /** One source, fetched once per process; only that it does not exist is asked again. */
  source(sourceId: string): Promise<Source>;
  /** A line for the user. */
  warn(message: string): void;
  /** The same line at most once per process. */
  warnOnce(message: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** A context over the real service, configured lazily so that nothing fails before it is needed. */
export function createContext(get: ConfigReader, warn: (message: string) => void): Context {
  let client: ChromaSyncClient | undefined;
  const told = new Set<string>();
  const sources = new Map<string, Promise<Source>>();
  const context: Context = {
    client() {
      if (client) return client;
      const { apiKey, endpoint } = readConfig(get);
      if (!apiKey) throw new ConfigError(NO_KEY);
      client = new ChromaSyncClient({ apiKey, endpoint });
      return client;
    },
    hasKey: () => readConfig(get).apiKey !== undefined,
    source(sourceId) {
      const id = sourceId.toLowerCase();
      let found = sources.get(id);
      if (!found) {
        found = context.client().getSource(id);
        sources.set(id, found);
        found.catch((error) => {
          if (error instanceof ResponseError && error.status === 404) sources.delete(id);
        });
      }
      return found;
    },
    warn,
    warnOnce(message) {
      if (!told.has(message)) warn(message);
      told.add(message);
    },
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return context;
}
