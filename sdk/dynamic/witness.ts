import * as pulumi from "@pulumi/pulumi";

/**
 * Tells the create journal that state holds a resource: the engine answers a registration only after the
 * snapshot with the resource was saved, so no other process knows it as surely as the program. `id` is what the
 * journal has of it. A preview says nothing, and neither does a run that saves no snapshots.
 */
export function witness(resource: pulumi.Resource, id: pulumi.Output<string>): void {
  if (pulumi.runtime.isDryRun() || skipsCheckpoints()) return;
  const configured = new pulumi.Config("chroma-sync").get("journal") || process.env.CHROMA_SYNC_JOURNAL;
  pulumi.all([resource.urn, id]).apply(([urn, known]) => {
    if (!known) return;
    const { confirmIn } =
      require("../../src/provider/journal/confirm.js") as typeof import("../../src/provider/journal/confirm.js");
    confirmIn(configured, urn, known);
  });
}

function skipsCheckpoints(): boolean {
  return /^(1|true)$/i.test(process.env.PULUMI_SKIP_CHECKPOINTS ?? "");
}
