// Deploys, syncs the commit that was deployed, and then tells the application which collection to read.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, collectionNameFor, gitCommit } from "pulumi-chroma-sync";
import { LocalFile } from "./local-file";

const config = new pulumi.Config();
const sha = gitCommit();

// Stands for the deploy: a service, a function, a site.
const release = new LocalFile("release", { path: "out/release.json", content: JSON.stringify({ sha }) });

const code = new ChromaSyncInvocation(
  "code",
  {
    sourceId: config.require("sourceId"),
    refIdentifier: { sha },
    targetCollectionName: collectionNameFor("code", sha),
    waitForCompletion: true,
    // Back at an earlier commit, its finished collection is adopted instead of refused.
    onConflict: "adopt",
    // A job that is run again syncs again what failed, a commit that was not pushed yet for one.
    retryFailed: true,
  },
  { dependsOn: release },
);

// Stands for the application's settings. They name the new collection only once it is complete: until
// then, and if the sync fails, the application reads the previous one.
new LocalFile("settings", {
  path: "out/settings.json",
  content: pulumi.jsonStringify({ collection: code.collectionName }),
});

export const collection = code.collectionName;
