// What has been synced, by lookups alone.
import * as pulumi from "@pulumi/pulumi";
import { getInvocation, latestInvocations, listInvocations, listSources } from "pulumi-chroma-sync";

const config = new pulumi.Config();
const databaseName = config.require("database");
/** One that was started elsewhere. */
const watched = config.get("invocationId");

async function report() {
  const sources = await listSources({ databaseName });
  const failed = await listInvocations({ databaseName, status: "failed", limit: 20 });
  const objects = [];
  for (const { id } of sources.filter(({ sourceType }) => sourceType === "s3")) {
    const recent = await listInvocations({ sourceId: id });
    const objectKeys = [...new Set(recent.flatMap(({ objectKey }) => objectKey ?? []))];
    const latest = await latestInvocations({ sourceId: id, objectKeys });
    for (const [objectKey, { status, finishedAt }] of Object.entries(latest))
      objects.push({ objectKey, status, finishedAt });
  }
  return {
    sources: sources.map(({ id, sourceType }) => ({ id, sourceType })),
    failed: failed.map(({ id, error }) => ({ id, error })),
    watched: watched ? (await getInvocation({ id: watched })).status : "none",
    objects,
  };
}

export = report();
