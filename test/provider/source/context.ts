import type { Context } from "../../../src/provider/context.js";
import { contextAt, surroundings } from "../context.js";

/** A context over a service at an address, or over none with no key, that keeps its warnings and does not sleep. */
export function sourceContext(
  endpoint?: string,
  settings: Record<string, string> = {},
): Context & { warnings: string[] } {
  const key: Record<string, string> = endpoint ? {} : { "chroma-sync:apiKey": "" };
  return contextAt(
    endpoint ?? "https://127.0.0.1:1",
    { ...key, ...settings },
    { ...surroundings(), sleep: async () => undefined },
  );
}
