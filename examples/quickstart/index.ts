// One sync of each kind of source that is configured:
//   pulumi config set githubSourceId <uuid>    and sha, for one commit
//   pulumi config set s3SourceId <uuid>        and objectKey
//   pulumi config set webSourceId <uuid>
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation } from "pulumi-chroma-sync";

const config = new pulumi.Config();
const syncs: Record<string, ChromaSyncInvocation> = {};

const githubSourceId = config.get("githubSourceId");
if (githubSourceId) {
  const sha = config.get("sha");
  syncs.repository = new ChromaSyncInvocation("repository", {
    sourceId: githubSourceId,
    ...(sha ? { refIdentifier: { sha } } : {}),
    // A collection per commit: a finished one is never written again.
    targetCollectionName: `repository-${sha ? sha.slice(0, 12) : "default"}`,
    waitForCompletion: true,
  });
}

const s3SourceId = config.get("s3SourceId");
if (s3SourceId) {
  syncs.object = new ChromaSyncInvocation("object", {
    sourceId: s3SourceId,
    objectKey: config.require("objectKey"),
    waitForCompletion: true,
  });
}

const webSourceId = config.get("webSourceId");
if (webSourceId) {
  syncs.site = new ChromaSyncInvocation("site", {
    sourceId: webSourceId,
    targetCollectionName: "site",
    waitForCompletion: true,
  });
}

if (Object.keys(syncs).length === 0)
  pulumi.log.warn(
    "No source is configured: set githubSourceId, s3SourceId or webSourceId with `pulumi config set`.",
  );

export const invocations = Object.fromEntries(
  Object.entries(syncs).map(([name, { invocationId, status, collectionName }]) => [
    name,
    { invocationId, status, collectionName },
  ]),
);
