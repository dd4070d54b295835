import { ChromaSyncClient, type Source } from "../../src/api/index.js";
import type { Context } from "../../src/provider/context.js";

/** A context for rules that send nothing, or one source; warnings are kept. */
export function contextOf(source?: Partial<Source> | Error): Context & { warnings: string[] } {
  const warnings: string[] = [];
  return {
    warnings,
    client: () => new ChromaSyncClient({ apiKey: "k", endpoint: "http://127.0.0.1:1" }),
    hasKey: () => source !== undefined,
    source: async () => {
      if (source instanceof Error) throw source;
      return { id: "s", ...source } as Source;
    },
    warn: (line) => void warnings.push(line),
    warnOnce: (line) => void warnings.push(line),
    now: () => 0,
    sleep: async () => undefined,
  };
}
