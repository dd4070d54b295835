import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation } from "pulumi-chroma-sync";

const config = new pulumi.Config();
// A full commit id: with a branch the policy `pinned-ref` stops the preview.
const sha = config.require("sha");

const docs = new ChromaSyncInvocation("docs", {
  sourceId: config.require("sourceId"),
  refIdentifier: { sha },
  targetCollectionName: `docs-${sha.slice(0, 12)}`,
  waitForCompletion: true,
});

export const invocationId = docs.invocationId;
