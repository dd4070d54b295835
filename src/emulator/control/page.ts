import * as fs from "node:fs";
import type * as http from "node:http";
import { createRequire } from "node:module";
import * as path from "node:path";

/** Nothing but the emulator's own files runs, loads or frames the page, and no text becomes markup. */
const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    ...["script-src", "style-src", "connect-src", "img-src"].map((name) => `${name} 'self'`),
    ...["base-uri", "form-action", "frame-ancestors"].map((name) => `${name} 'none'`),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

let files: Map<string, { type: string; content: Buffer }> | undefined;

/** Answers a request of the console's page: `/`, and `/_console/*`. False if it is another one. */
export function servePage(
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
  place: string,
): boolean {
  if (incoming.method !== "GET" && incoming.method !== "HEAD") return false;
  const name = place === "/" ? "index.html" : /^\/_console\/([a-z-]+\.[a-z]+)$/.exec(place)?.[1];
  if (name === undefined) return false;
  files ??= readFiles();
  const file = files.get(name);
  if (!file) return false;
  const length = { "content-type": file.type, "content-length": file.content.length };
  outgoing.writeHead(200, { ...HEADERS, ...length });
  outgoing.end(incoming.method === "HEAD" ? undefined : file.content);
  return true;
}

/** The files of the page, which lie beside the code in the package. */
function readFiles() {
  const manifest = createRequire(__filename).resolve("pulumi-chroma-sync/package.json");
  const folder = path.join(path.dirname(manifest), "console");
  const found = new Map<string, { type: string; content: Buffer }>();
  for (const name of fs.readdirSync(folder)) {
    const type = TYPES[path.extname(name)];
    if (type) found.set(name, { type, content: fs.readFileSync(path.join(folder, name)) });
  }
  return found;
}
