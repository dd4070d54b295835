// The pages of a folder, each uploaded again only if it changes, and one page that the program writes.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncFile, ChromaSyncFiles, contentOf } from "pulumi-chroma-sync";

const databaseName = new pulumi.Config().require("databaseName");
const collectionName = "handbook";

const docs = new ChromaSyncFiles("docs", {
  databaseName,
  collectionName,
  folder: "docs",
  exclude: "drafts",
  prefix: "handbook/",
  waitForCompletion: true,
});

const about = new ChromaSyncFile("about", {
  databaseName,
  collectionName,
  filename: "about.md",
  file: new pulumi.asset.StringAsset(
    `# About\n\nThe content is ${contentOf("docs", { exclude: "drafts" })}.\n`,
  ),
  waitForCompletion: true,
});

export const counts = docs.counts;
export const aboutId = about.invocationId;
