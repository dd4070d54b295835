import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { Declarations, manual } from "./declarations.js";
import { functions } from "./functions.js";
import { reference } from "./nodes.js";
import { resources } from "./resources.js";
import { PACKAGE, Types } from "./types.js";

const root = path.join(__dirname, "../..");

/** Where the schema is committed. */
export const SCHEMA_FILE = path.join(root, "schema.json");

/** The one setting that the dynamic resource's provider takes from the stack alone. */
const JOURNAL =
  "Folder of the journal of creates, by which a run that was killed is found again, or `off`. " +
  "Default: `chroma-sync:journal`, else CHROMA_SYNC_JOURNAL, else a folder in the home of Pulumi.";

/** The schema of the plugin, made of the doc comments of `sdk/` and the tables of the rules. */
export function packageSpec(): object {
  const { version, description, license, repository } = JSON.parse(
    fs.readFileSync(path.join(root, "package.json"), "utf8"),
  );
  const slug = slugOf(repository.url);
  const [owner] = slug.split("/");
  const declarations = new Declarations();
  const types = new Types(declarations);
  const settings = {
    ...types.object(reference("ChromaSyncProviderArgs"), "Provider").properties,
    journal: { type: "string", description: JOURNAL },
  };
  const declared = resources(declarations, types);
  const called = functions(declarations, types);
  return {
    name: PACKAGE,
    displayName: "Chroma Sync",
    version,
    description,
    keywords: ["pulumi", "chroma", "category/database", "kind/native"],
    homepage: `https://github.com/${slug}`,
    repository: `https://github.com/${slug}`,
    license,
    // Drawn for this project: it is not Chroma's logo.
    logoUrl: `https://raw.githubusercontent.com/${slug}/main/docs/logo.svg`,
    publisher: owner,
    pluginDownloadURL: `github://api.github.com/${slug}`,
    language: {
      nodejs: { packageName: "pulumi-chroma-sync-sdk", respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
      go: {
        importBasePath: `github.com/${slug}/sdk/go/chromasync`,
        rootPackageName: "chromasync",
        respectSchemaVersion: true,
      },
      csharp: { namespaces: { [PACKAGE]: "ChromaSync" }, respectSchemaVersion: true },
      java: { buildFiles: "gradle" },
    },
    // No defaults from the environment: a generated SDK would write the key into state.
    config: { variables: settings },
    provider: {
      description: manual(declarations.get("ChromaSyncProvider", ts.isClassDeclaration)),
      inputProperties: settings,
    },
    types: Object.fromEntries(Object.entries(types.specs).sort(([a], [b]) => (a < b ? -1 : 1))),
    resources: declared,
    functions: called,
  };
}

/** The owner and the name in the URL of a repository, which `node codegen/repository.mjs` sets. */
function slugOf(url: string): string {
  return url.replace("git+https://github.com/", "").replace(/\.git$/, "");
}
