// A documentation site, read again for each release into a collection of its own.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, ChromaSyncSource, collectionNameFor } from "pulumi-chroma-sync";

const config = new pulumi.Config();

const site = new ChromaSyncSource("site", {
  databaseName: config.require("databaseName"),
  webScrape: {
    startingUrl: config.require("startingUrl"),
    // Every page costs at every sync: both limits belong to a site that grows.
    maxDepth: 2,
    pageLimit: 100,
    excludePathRegexes: ["^/blog/"],
  },
});

const docs = new ChromaSyncInvocation("docs", {
  sourceId: site.sourceId,
  // A finished collection accepts no second sync of a site.
  targetCollectionName: collectionNameFor("site", config.require("release")),
  waitForCompletion: true,
  onConflict: "adopt",
});

export const collection = docs.collectionName;
