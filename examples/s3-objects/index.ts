// A bucket as a source, and two of its objects, each a resource with an id and a status of its own.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, ChromaSyncSource } from "pulumi-chroma-sync";

const config = new pulumi.Config();

const bucket = new ChromaSyncSource("docs", {
  databaseName: config.require("databaseName"),
  s3: {
    bucketName: config.require("bucketName"),
    region: "us-east-1",
    collectionName: "docs",
    pathPrefix: "docs/",
    // Keys stay in the dashboard: nothing here or in state can leak them.
    awsCredentialId: config.requireNumber("awsCredentialId"),
  },
});

const sync = (name: string, team: string) =>
  new ChromaSyncInvocation(name, {
    sourceId: bucket.sourceId,
    objectKey: `docs/${name}.md`,
    // Stands on every chunk, to filter queries by.
    metadata: { team },
    waitForCompletion: true,
  });

const guide = sync("guide", "support");
const pricing = sync("pricing", "sales");

export const sourceId = bucket.sourceId;
export const collection = guide.collectionName;
export const chunkIdPrefixes = [guide.chunkIdPrefix, pricing.chunkIdPrefix];
