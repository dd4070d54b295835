// Thousands of objects are one resource: each update syncs those that are new or changed, and only those.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncedBucket, objectsFromFolder } from "pulumi-chroma-sync";

const config = new pulumi.Config();

const docs = new ChromaSyncedBucket("docs", {
  source: {
    databaseName: config.require("databaseName"),
    s3: {
      bucketName: config.require("bucketName"),
      region: "us-east-1",
      collectionName: "docs",
      pathPrefix: "docs/",
      awsCredentialId: config.requireNumber("awsCredentialId"),
    },
  },
  // The same files as in the bucket: upload them first.
  objects: objectsFromFolder("docs", { prefix: "docs/" }),
  waitForCompletion: true,
});

export const counts = docs.counts;
export const invocations = docs.batch.invocationIds;
