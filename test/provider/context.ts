import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Source } from "../../src/api/index.js";
import type { Context } from "../../src/provider/context.js";
import type { Host } from "../../src/provider/host.js";
import { createContext } from "../../src/provider/run/create-context.js";
import type { Client } from "../../src/provider/service/client.js";
import { sleep } from "../../src/provider/sleep.js";

/** Host without an engine, with the real clock; warnings and progress are kept. */
export function surroundings(): Host & { warnings: string[]; lines: string[] } {
  const warnings: string[] = [];
  const lines: string[] = [];
  return {
    warnings,
    lines,
    warn: (line) => void warnings.push(line),
    progress: (_urn, line) => void lines.push(line),
    info: (_urn, line) => void lines.push(line),
    isInteractive: () => false,
    requireEngine: async () => undefined,
    cancelled: new AbortController().signal,
    now: Date.now,
    sleep,
    random: () => 0,
  };
}

/** A context over a service at an address or over a client, with a journal in a folder of its own. */
export function contextAt(
  service: string | Client,
  settings: Record<string, string> = {},
  around = surroundings(),
): Context & { warnings: string[]; lines: string[] } {
  const values: Record<string, string> = {
    "chroma-sync:apiKey": "key-of-the-test",
    "chroma-sync:endpoint": typeof service === "string" ? service : "http://127.0.0.1:1",
    "chroma-sync:journal": "off",
    ...settings,
  };
  const connect = typeof service === "string" ? undefined : () => service;
  const { warnings, lines } = around;
  return Object.assign(
    createContext((name) => values[name], around, connect ? { connect } : {}),
    { warnings, lines },
  );
}

/** A context for rules that send nothing, or one source; warnings are kept. */
export function contextOf(source?: Partial<Source> | Error): Context & { warnings: string[] } {
  return Object.assign(contextAt("http://127.0.0.1:1"), {
    hasKey: () => source !== undefined,
    source: async () => {
      if (source instanceof Error) throw source;
      return { id: "s", ...source } as Source;
    },
    now: () => 0,
    sleep: async () => undefined,
  });
}

/** A folder that is removed at the end of the test file. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-test-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
