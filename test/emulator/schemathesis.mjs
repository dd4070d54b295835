// Runs a property-based tester of APIs from PyPI against the emulator: npm run test:api
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../dist/src/emulator/index.js";

const here = path.dirname(fileURLToPath(import.meta.url));
const VERSION = "4.32.5";
const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
const venv = path.join(cache, "pulumi-chroma-sync", `schemathesis-${VERSION}`);

if (!fs.existsSync(path.join(venv, "bin/schemathesis"))) {
  execFileSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
  execFileSync(path.join(venv, "bin/pip"), ["install", "--quiet", `schemathesis==${VERSION}`], {
    stdio: "inherit",
  });
}

/** The published document, its holes mended as the contract test lists them. */
function patched() {
  const document = JSON.parse(fs.readFileSync(path.join(here, "published-spec.json"), "utf8"));
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
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-api-")), "openapi.json");
  fs.writeFileSync(file, JSON.stringify(document));
  return file;
}

const sources = [
  { id: "0192f0c1-5d3e-7b7a-9c53-000000000001", database_name: "db", github: { repository: "acme/docs" } },
  {
    id: "0192f0c1-5d3e-7b7a-9c53-000000000002",
    database_name: "db",
    s3: { bucket_name: "b", region: "r", collection_name: "objects" },
  },
];
const emulator = await startEmulator({ token: "k", seed: { sources } });
const checks =
  "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
const file = patched();
const run = spawn(
  path.join(venv, "bin/schemathesis"),
  [
    "run",
    file,
    "--url",
    emulator.url,
    "-H",
    "x-chroma-token: k",
    "--checks",
    checks,
    "--max-examples",
    process.env.EXAMPLES ?? "100",
    "--seed",
    "1",
    ...process.argv.slice(2),
  ],
  { stdio: "inherit" },
);
const code = await new Promise((resolve) => run.once("exit", resolve));
await emulator.close();
fs.rmSync(path.dirname(file), { recursive: true });
process.exitCode = code ?? 1;
