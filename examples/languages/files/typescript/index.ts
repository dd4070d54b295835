import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync-sdk";

const databaseName = new pulumi.Config().require("databaseName");

// A file that is new or changed is uploaded.
const docs = new chroma.Files("docs", {
  databaseName,
  collectionName: "docs",
  folder: "docs",
  metadata: { team: "docs" },
  waitForCompletion: true,
});
const about = new chroma.File("about", {
  databaseName,
  collectionName: "docs",
  filename: "about.md",
  file: new pulumi.asset.StringAsset(`Deployed from ${pulumi.getStack()}.`),
  waitForCompletion: true,
});

export const complete = docs.counts.complete;
export const status = about.status;
