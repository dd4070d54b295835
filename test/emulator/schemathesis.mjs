// Runs a property-based tester of APIs from PyPI against the emulator, with all of its checks: npm run test:api
import { execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../dist/src/emulator/index.js";
import { baselineOf, WAIVERS } from "./schemathesis-waivers.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const VERSION = "4.32.5";
const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
const venv = path.join(cache, "pulumi-chroma-sync", `schemathesis-${VERSION}`);
const seed = process.env.SEED ?? String(randomInt(2 ** 31));

if (!fs.existsSync(path.join(venv, "bin/schemathesis"))) {
  execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
  execFileSync(path.join(venv, "bin/pip"), ["install", "--quiet", `schemathesis==${VERSION}`], {
    stdio: "inherit",
  });
}

const published = fs.readFileSync(path.join(here, "published-spec.json"), "utf8");
for (const { operation, sentence } of WAIVERS)
  if (!published.includes(JSON.stringify(sentence).slice(1, -1)))
    throw new Error(`The document does not say, for ${operation}: ${sentence}`);

const sources = [
  { id: "0192f0c1-5d3e-7b7a-9c53-000000000001", database_name: "db", github: { repository: "acme/docs" } },
  {
    id: "0192f0c1-5d3e-7b7a-9c53-000000000002",
    database_name: "db",
    s3: { bucket_name: "b", region: "r", collection_name: "objects" },
  },
];

/** The published document, its holes filled as the contract test lists them, with bodies that get past the prose. */
function patched() {
  const document = JSON.parse(published);
  const { schemas } = document.components;
  schemas.OrderBy = { type: "string", enum: ["ASC", "DESC"] };
  schemas.SourceTypeFilter = { type: "string", enum: ["github", "s3", "web_scrape", "file_upload"] };
  const invocations = document.paths["/api/v1/invocations"].get;
  for (const parameter of invocations.parameters)
    if (parameter.name === "status")
      parameter.schema = {
        type: "string",
        enum: ["pending", "processing", "complete", "failed", "cancelled"],
      };
  const listed = document.paths["/api/v1/sources"].get.responses["200"].content["application/json"];
  listed.schema = { type: "array", items: { $ref: "#/components/schemas/Source" } };
  document.paths["/api/v1/sources/{source_id}/invocations/latest-by-keys"].post.security = [
    { "x-chroma-token": [] },
  ];
  // A web job has no word of its own on the wire, and a job of an upload has another.
  schemas.IndexJobMetadata = {
    type: "object",
    required: ["database_name", "collection_name"],
    properties: { database_name: { type: "string" }, collection_name: { type: "string" } },
  };
  const create = document.paths["/api/v1/sources"].post;
  create.requestBody.content["application/json"].examples = {
    github: { value: { database_name: "db", github: { repository: "acme/code" } } },
    web: { value: { database_name: "db", web_scrape: { starting_url: "http://127.0.0.1:1/" } } },
  };
  const invoke = document.paths["/api/v1/sources/{source_id}/invocations"].post;
  invoke.requestBody.content["application/json"].examples = {
    github: { value: { target_collection_name: "docs", ref_identifier: { branch: "main" } } },
  };
  // What the document leaves to the reader: the id of a reply is that of the requests that follow.
  const link = (operation, id, ...operationIds) => {
    operation.responses["201"].links = Object.fromEntries(
      operationIds.map((operationId) => [
        operationId,
        { operationId, parameters: { [id]: `$response.body#/${id}` } },
      ]),
    );
  };
  link(create, "source_id", "get_source", "delete_source", "create_job", "latest_invocations_by_keys");
  link(invoke, "invocation_id", "get_job", "cancel_pending_job");
  link(document.paths["/api/v1/add-file"].post, "invocation_id", "get_job", "cancel_pending_job");
  const [source] = sources;
  for (const { parameters } of Object.values(document.paths).flatMap((methods) => Object.values(methods)))
    for (const parameter of parameters ?? [])
      if (parameter.in === "path" && parameter.name === "source_id") parameter.example = source.id;
  return document;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-api-"));
const documentFile = path.join(folder, "openapi.json");
const baselineFile = path.join(folder, "baseline.json");
fs.writeFileSync(documentFile, JSON.stringify(patched()));
fs.writeFileSync(baselineFile, JSON.stringify(baselineOf(VERSION)));
const emulator = await startEmulator({ token: "k", seed: { sources } });
console.log(`SEED=${seed} npm run test:api repeats this run.`);
const options = [
  ...["--url", emulator.url, "-H", "x-chroma-token: k", "--checks", "all", "--baseline", baselineFile],
  ...["--max-examples", process.env.EXAMPLES ?? "100", "--seed", seed, ...process.argv.slice(2)],
];
const program = path.join(venv, "bin/schemathesis");
// It keeps a cache in the folder that it runs in.
const run = spawn(program, ["run", documentFile, ...options], { cwd: folder, stdio: "inherit" });
const code = await new Promise((resolve) => run.once("exit", resolve));
await emulator.close();
fs.rmSync(folder, { recursive: true });
for (const { operation, sentence } of WAIVERS)
  console.log(`Waived, ${operation} refuses with 400: ${sentence}`);
process.exitCode = code ?? 1;
