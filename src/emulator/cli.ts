#!/usr/bin/env node
import { parseArgs } from "node:util";
import { readSeed } from "./seed.js";
import { startEmulator } from "./server.js";

const USAGE = `chroma-sync-emulator: the Chroma Sync service on 127.0.0.1, over real folders and git checkouts

  --port P         port, default any free one
  --host H         address to listen at, default 127.0.0.1
  --data FILE      keeps the state over a restart
  --chroma URL     writes chunks into a Chroma server, too (needs the npm package chromadb)
  --token T        key that is accepted, default emulator; may be given several times
  --member-token T key of a member, who may neither create nor delete sources; may be given several times
  --seed FILE      {"sources": [{"id": "<uuid>", …}], "databases": ["NAME"], "buckets": {"NAME": "DIR"},
                   "repositories": {"OWNER/NAME": "DIR"}}, all optional; folders are those beside the file
  --pending MS     how long an invocation is pending, default 200
  --processing MS  how long it is processing, default 300`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      chroma: { type: "string" },
      token: { type: "string", multiple: true },
      "member-token": { type: "string", multiple: true },
      seed: { type: "string" },
      pending: { type: "string" },
      processing: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const emulator = await startEmulator({
    ...(values.seed ? { seed: readSeed(values.seed) } : {}),
    ...(values.host ? { host: values.host } : {}),
    ...(values.data ? { data: values.data } : {}),
    ...(values.chroma ? { chroma: values.chroma } : {}),
    ...(values.token ? { token: values.token } : {}),
    ...(values["member-token"] ? { memberToken: values["member-token"] } : {}),
    ...(values.port ? { port: wholeNumber("--port", values.port) } : {}),
    ...(values.pending ? { pendingMs: wholeNumber("--pending", values.pending) } : {}),
    ...(values.processing ? { processingMs: wholeNumber("--processing", values.processing) } : {}),
  });
  console.log(`listening on ${emulator.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => emulator.close());
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

main().catch((error) => {
  console.error(`chroma-sync-emulator: ${error.message}\nchroma-sync-emulator --help lists the options.`);
  process.exitCode = 1;
});
