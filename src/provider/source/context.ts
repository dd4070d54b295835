import { ChromaSyncClient } from "../../api/index.js";
import { ConfigError, type ConfigReader, NO_KEY, readConfig } from "../config.js";
import type { Surroundings } from "../context.js";

/** What the lifecycle functions of a source need from the outside. */
export interface SourceContext extends Surroundings {
  /** The client; throws {@link ConfigError} where no key is configured or the endpoint is bad. */
  client(): SourceClient;
  /** Whether a key is configured; throws {@link ConfigError} on a bad endpoint. */
  hasKey(): boolean;
  /** The same line at most once per process. */
  warnOnce(message: string): void;
  /** Ids that creates of this process returned: deleting never touches them. */
  claimed: Set<string>;
  /** Identities of sources that state was seen to hold. */
  held: Set<string>;
}

/** The operations that a source takes. */
export type SourceClient = Pick<
  ChromaSyncClient,
  "createSource" | "getSource" | "listSources" | "deleteSource" | "listInvocations" | "clockOffsetMs"
>;

/** A context over the real service, configured lazily so that nothing fails before it is needed. */
export function createSourceContext(get: ConfigReader, surroundings: Surroundings): SourceContext {
  let client: SourceClient | undefined;
  const told = new Set<string>();
  return {
    ...surroundings,
    client() {
      if (client) return client;
      const { apiKey, endpoint } = readConfig(get);
      if (!apiKey) throw new ConfigError(NO_KEY);
      client = new ChromaSyncClient({ apiKey, endpoint });
      return client;
    },
    hasKey: () => readConfig(get).apiKey !== undefined,
    warnOnce(message) {
      if (!told.has(message)) surroundings.warn(message);
      told.add(message);
    },
    claimed: new Set(),
    held: new Set(),
  };
}
