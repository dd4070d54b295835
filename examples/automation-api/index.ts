// Drives Pulumi from TypeScript: `node index.js <commit>` syncs one commit and prints what happens.
import { CommandError, type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";
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
  // Progress of a sync, warnings and errors; what the engine notes for itself is left out.
  if (["info", "warning", "error"].includes(diagnosticEvent?.severity ?? ""))
    console.log(diagnosticEvent?.message.trim());
}

async function main(commit: string | undefined): Promise<void> {
  if (!commit) throw new Error("usage: node index.js <full id of the commit to sync>");
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "automation-api", program: () => program(commit) },
    // The stack's settings are kept beside this file.
    { workDir: __dirname },
  );
  const { outputs } = await stack.up({ onEvent: print });
  console.log(`collection: ${outputs.collection?.value}`);
}

main(process.argv[2]).catch((error: Error) => {
  // What Pulumi said was printed as it came.
  console.error(error instanceof CommandError ? "pulumi up failed" : error.message);
  process.exitCode = 1;
});
