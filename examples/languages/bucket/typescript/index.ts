import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync-sdk";

const config = new pulumi.Config();

const docs = new chroma.InvocationBatch("docs", {
  sourceId: config.require("sourceId"),
  metadata: { team: "docs" },
  objects: [
    // Another version, such as the object's ETag, syncs that object again.
    { objectKey: "docs/guide.md", version: "1" },
    { objectKey: "docs/reference.md", version: "1" },
  ],
  waitForCompletion: true,
});

export const complete = docs.counts.complete;
