import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync-sdk";

const config = new pulumi.Config();
const commit = config.require("commit");

const code = new chroma.Invocation("code", {
  sourceId: config.require("sourceId"),
  refIdentifier: { sha: commit },
  targetCollectionName: chroma.collectionNameForOutput({ prefix: "code", ref: commit }).collectionName,
  waitForCompletion: true,
  // Back at an earlier commit, its finished collection is adopted instead of refused.
  onConflict: "adopt",
});

export const collection = code.collectionName;
