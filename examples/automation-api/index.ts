// Drives Pulumi from TypeScript: `node index.js <commit>` syncs one commit and prints what happens.
import { type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";
import { ChromaSyncedRepository } from "pulumi-chroma-sync";

/** The infrastructure, as a function. */
async function program(commit: string) {
  const code = new ChromaSyncedRepository("code", {
    source: { databaseName: "production", repository: "acme/app" },
    commit,
  });
  return { collection: code.collectionName };
}

/** One line for each thing that happens. */
function print({ resourcePreEvent, diagnosticEvent, resOutputsEvent }: EngineEvent): void {
  const step = resourcePreEvent?.metadata ?? resOutputsEvent?.metadata;
  if (step) console.log(`${resourcePreEvent ? "…" : "✓"} ${step.op} ${step.urn.split("::").at(-1)}`);
  // Progress of a sync, and warnings.
  if (diagnosticEvent) console.log(diagnosticEvent.message.trim());
}

async function main(commit: string): Promise<void> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "automation-api", program: () => program(commit) },
    // The stack's settings are kept beside this file.
    { workDir: __dirname },
  );
  const { outputs } = await stack.up({ onEvent: print });
  console.log(`collection: ${outputs.collection?.value}`);
}

main(process.argv[2] ?? "").catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
