import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Emulator } from "../../src/emulator/index.js";

/** A folder of its own with files of these contents. */
export function folderOf(files: Record<string, string | Buffer>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-files-"));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** What the emulator answered. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever comes.
  body: any;
}

/** Sends a request as it is, the key `k` with it unless headers say otherwise. */
export async function send(
  { url }: Pick<Emulator, "url">,
  method: string,
  place: string,
  body?: unknown,
  headers: Record<string, string> = { "x-chroma-token": "k" },
): Promise<Answer> {
  const form = body instanceof FormData;
  const answer = await fetch(url + place, {
    method,
    headers: { ...(form ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
}

/** The chunks of a collection, of one database if one is given. */
export async function chunksIn(
  emulator: Emulator,
  name: string,
  database?: string,
): Promise<{ id: string; document: string; metadata: Record<string, unknown> }[]> {
  const query = database === undefined ? "" : `?database=${database}`;
  return (await send(emulator, "GET", `/_emulator/collections/${name}${query}`)).body.chunks;
}

/** Waits until every invocation has ended; returns how the newest did. */
export async function ended(emulator: Emulator): Promise<unknown> {
  for (;;) {
    const jobs = emulator.jobs();
    if (jobs.every(({ status }) => typeof status === "object")) return jobs.at(-1)!.status;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
