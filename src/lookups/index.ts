import { ChromaSyncClient } from "../api/index.js";
import { ConfigError, NO_KEY, readConfig } from "../provider/config.js";

export { FUNCTIONS } from "./functions.js";
export { importable } from "./importable.js";
export { getInvocation, type InvocationsQuery, latestInvocations, listInvocations } from "./invocations.js";
export { getSource, listSources, type SourceQuery } from "./sources.js";

/** A client for what the program's configuration, or its provider, says. Throws {@link ConfigError}. */
export function connect(config: {
  apiKey?: string | undefined;
  endpoint?: string | undefined;
}): ChromaSyncClient {
  const { apiKey, endpoint } = readConfig((name) => config[name.replace("chroma-sync:", "") as "apiKey"]);
  if (!apiKey) throw new ConfigError(NO_KEY);
  return new ChromaSyncClient({ apiKey, endpoint });
}
