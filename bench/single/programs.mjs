import { mkdirSync, writeFileSync } from "node:fs";

const SOURCE = `"0192f0c1-5d3e-7b7a-9c53-000000000002"`;

const empty = `
const { randomUUID } = require("node:crypto");
module.exports = {
  async check(olds, news) { return { inputs: news }; },
  async diff(id, olds, news) { return { changes: olds.objectKey !== news.objectKey }; },
  async create(inputs) { const id = randomUUID(); const { __urn, __provider, ...outs } = inputs; return { id, outs: { ...outs, invocationId: id, status: "pending", collectionName: "objects" } }; },
  async delete() {},
};`;

/** One resource for each sync. */
export const ofThisPackage = (n) => `
const { ChromaSyncInvocation } = require("pulumi-chroma-sync");
for (let i = 0; i < ${n}; i++) new ChromaSyncInvocation("sync-" + i, { sourceId: ${SOURCE}, objectKey: "docs/" + i + ".md" });`;
/** The same type, inputs and outputs, and a create that does nothing. */
export const ofTheFloor = (n) => `
const pulumi = require("@pulumi/pulumi");
const text = 'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("./this-is-a-path-of-the-same-length/empty.js")';
class Empty extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/chroma-sync:Invocation", name, { targetCollectionName: undefined, refIdentifier: undefined, customId: undefined, metadata: undefined, invocationId: undefined, status: undefined, createdAt: undefined, finishedAt: undefined, durationMs: undefined, error: undefined, collectionName: undefined, ...args, __provider: text }, undefined);
  }
}
for (let i = 0; i < ${n}; i++) new Empty("sync-" + i, { sourceId: ${SOURCE}, objectKey: "docs/" + i + ".md" });`;

/** What the program of the floor runs. */
export function addFloor(stack) {
  mkdirSync(`${stack.folder}/this-is-a-path-of-the-same-length`);
  writeFileSync(`${stack.folder}/this-is-a-path-of-the-same-length/empty.js`, empty);
}
