// What does one resource for each sync cost above the engine's own floor?
import { keep, median, spread, table } from "../numbers.mjs";
import { emulator, rawLoop, Stack } from "../stack.mjs";
import { addFloor, ofTheFloor, ofThisPackage } from "./programs.mjs";

const SIZES = (process.env.BENCH_SIZES ?? "100,300,1000").split(",").map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const PROGRAMS = {
  "this package": ofThisPackage,
  floor: ofTheFloor,
  "closure in state": (n) => `
const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) {
    const answer = await fetch(process.env.CHROMA_SYNC_ENDPOINT + "/api/v1/sources/" + inputs.sourceId + "/invocations", {
      method: "POST", headers: { "content-type": "application/json", "x-chroma-token": process.env.CHROMA_API_KEY },
      body: JSON.stringify({ object_key: inputs.objectKey }) });
    if (!answer.ok) throw new Error(await answer.text());
    const { invocation_id } = await answer.json();
    return { id: invocation_id, outs: { ...inputs, invocationId: invocation_id, status: "pending" } };
  },
  async diff(id, olds, news) { return { changes: olds.objectKey !== news.objectKey, replaces: ["objectKey"] }; },
  async delete(id) {
    await fetch(process.env.CHROMA_SYNC_ENDPOINT + "/api/v1/invocations/" + id, { method: "PUT", headers: { "x-chroma-token": process.env.CHROMA_API_KEY } });
  },
};
class Sync extends pulumi.dynamic.Resource {
  constructor(name, args) { super(provider, name, { invocationId: undefined, status: undefined, ...args }, undefined); }
}
for (let i = 0; i < ${n}; i++) new Sync("sync-" + i, { sourceId: ${SOURCE}, objectKey: "docs/" + i + ".md" });`,
};

const found = {};
for (const n of SIZES) {
  found[n] = { loop: [] };
  for (const name of Object.keys(PROGRAMS)) found[n][name] = { up: [], noop: [], destroy: [], bytes: [] };
}
for (let round = 0; round < ROUNDS; round++)
  for (const n of SIZES) {
    const service = await emulator();
    found[n].loop.push(
      await rawLoop(
        service.url,
        Array.from({ length: n }, (_, i) => `docs/${i}.md`),
        8,
      ),
    );
    const names = Object.keys(PROGRAMS);
    // Another order each round, so that none has the warm or the cold place.
    for (let k = 0; k < names.length; k++) {
      const name = names[(k + round) % names.length];
      const stack = new Stack(service.url, { "index.js": PROGRAMS[name](n) });
      addFloor(stack);
      const result = found[n][name];
      result.up.push((await stack.run("up")).seconds);
      result.bytes.push(stack.entryBytes("ynamic"));
      result.noop.push((await stack.run("up")).seconds);
      result.destroy.push((await stack.run("destroy")).seconds);
      stack.remove();
    }
    service.close();
    console.log(`round ${round + 1}, ${n} resources: ${JSON.stringify(found[n])}`);
  }

const rows = SIZES.flatMap((n) => [
  ...Object.keys(PROGRAMS).map((name) => {
    const { up, noop, destroy, bytes } = found[n][name];
    const paired = up.map((seconds, round) => seconds / found[n].floor.up[round]);
    return [
      n,
      name,
      spread(up),
      name === "floor" ? "1" : spread(paired),
      spread(noop),
      spread(destroy),
      median(bytes),
    ];
  }),
  [n, "raw loop", spread(found[n].loop), "–", "–", "–", "–"],
]);
const head = [
  "resources",
  "",
  "up, s",
  "up / floor, paired",
  "no-op, s",
  "destroy, s",
  "state bytes an entry",
];
keep("single", "One resource for each sync", table(head, rows), found);
