import * as pulumi from "@pulumi/pulumi";
import * as chroma from "pulumi-chroma-sync-sdk";

const config = new pulumi.Config();

const site = new chroma.Source("site", {
  databaseName: config.require("databaseName"),
  webScrape: {
    startingUrl: config.require("startingUrl"),
    // Each page is billed at each sync.
    pageLimit: 20,
  },
});

const sync = new chroma.Invocation("sync", {
  sourceId: site.sourceId,
  targetCollectionName: pulumi.getProject(),
  waitForCompletion: true,
});

export const collection = sync.collectionName;
