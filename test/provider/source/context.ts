import { createSourceContext, type SourceContext } from "../../../src/provider/source/context.js";

/** A context over a service at an address, or over none, that keeps its warnings and does not sleep. */
export function sourceContext(endpoint?: string): SourceContext & { warnings: string[] } {
  const warnings: string[] = [];
  const config: Record<string, string | undefined> = {
    "chroma-sync:apiKey": endpoint ? "key-of-the-test" : undefined,
    "chroma-sync:endpoint": endpoint ?? "https://127.0.0.1:1",
  };
  const context = createSourceContext((name) => config[name], {
    warn: (message) => void warnings.push(message),
    progress: () => undefined,
    tell: () => undefined,
    requireEngine: async () => undefined,
    cancelled: new AbortController().signal,
    now: Date.now,
    sleep: async () => undefined,
    random: () => 0,
  });
  return Object.assign(context, { warnings });
}
