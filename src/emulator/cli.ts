#!/usr/bin/env node
import { parseArgs } from "node:util";
import type { EmulatorOptions } from "./options.js";
import { readSeed } from "./seed.js";
import { startEmulator } from "./server.js";
import { logLine, openBrowser, startText } from "./start-text.js";

const USAGE = `chroma-sync-emulator: the Chroma Sync service on 127.0.0.1, over real folders and git checkouts

  --port P         port, default any free one
  --host H         address to listen at, default 127.0.0.1; with any but loopback, keys that are not set are random
  --data FILE      keeps the state over a restart: each reply waits until what it says is on the disk
  --chroma URL     writes chunks into a Chroma server, too (needs the npm package chromadb)
  --token T        key that is accepted, default emulator on loopback; may be given several times
  --member-token T key of a member, who may neither create nor delete sources; may be given several times
  --admin-token T  key of /_emulator/* and of the console, default none on loopback
  --seed FILE      {"sources": [{"id": "<uuid>", …}], "databases": ["NAME"], "buckets": {"NAME": "DIR"},
                   "repositories": {"OWNER/NAME": "DIR"}}, all optional; folders are those beside the file
  --pending MS     how long an invocation is pending, default 200
  --processing MS  how long it is processing, default 300
  --log            prints a line for each request
  --open           opens the console in a browser`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      chroma: { type: "string" },
      token: { type: "string", multiple: true },
      "member-token": { type: "string", multiple: true },
      "admin-token": { type: "string" },
      seed: { type: "string" },
      pending: { type: "string" },
      processing: { type: "string" },
      log: { type: "boolean" },
      open: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const options: EmulatorOptions = {
    ...(values.seed ? { seed: readSeed(values.seed) } : {}),
    ...(values.host ? { host: values.host } : {}),
    ...(values.data ? { data: values.data } : {}),
    ...(values.chroma ? { chroma: values.chroma } : {}),
    ...(values.token ? { token: values.token } : {}),
    ...(values["member-token"] ? { memberToken: values["member-token"] } : {}),
    ...(values["admin-token"] ? { adminToken: values["admin-token"] } : {}),
    ...(values.log ? { onRequest: (request) => console.log(logLine(request)) } : {}),
    ...(values.port ? { port: wholeNumber("--port", values.port) } : {}),
    ...(values.pending ? { pendingMs: wholeNumber("--pending", values.pending) } : {}),
    ...(values.processing ? { processingMs: wholeNumber("--processing", values.processing) } : {}),
  };
  // Who reads the output may stop doing so, as `| head` does.
  process.stdout.on("error", () => undefined);
  const emulator = await startEmulator(options);
  console.log(startText(emulator, options));
  if (values.open) openBrowser(emulator.consoleUrl);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => emulator.close().catch(fail));
}

function fail(error: Error): void {
  console.error(`chroma-sync-emulator: ${error.message}`);
  process.exitCode = 1;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} requires a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

main().catch((error) => {
  console.error(`chroma-sync-emulator: ${error.message}\nchroma-sync-emulator --help lists the options.`);
  process.exitCode = 1;
});
