import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync-sdk";

const config = new pulumi.Config();

const site = new chroma.Source("site", {
  databaseName: config.require("databaseName"),
  webScrape: {
    startingUrl: config.require("startingUrl"),
    // Every page is billed at every sync.
    maxDepth: 2,
    pageLimit: 100,
  },
});

const release = config.require("release");
const docs = new chroma.Invocation("docs", {
  sourceId: site.sourceId,
  targetCollectionName: chroma.collectionNameForOutput({ prefix: "site", ref: release }).collectionName,
  waitForCompletion: true,
});

export const collection = docs.collectionName;
