import * as fs from "node:fs";
import * as path from "node:path";
import { enginePath } from "../support/project.js";
import { oneSync, S3 } from "./one-sync.js";

const program = (body: string) => `
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, ChromaSyncInvocationBatch, objectsFromFolder } from "pulumi-chroma-sync";
const sourceId = "${S3}";
const later = (value: any) => pulumi.output("x").apply(() => value);
${body}
`;

const MISTAKES: [what: string, body: string, sentence: string][] = [
  [
    "a folder that is missing",
    `new ChromaSyncInvocationBatch("b", { sourceId, objects: objectsFromFolder("./none") });`,
    "none does not exist: pass a folder that the program may read",
  ],
  [
    "the text of an Output",
    `new ChromaSyncInvocation("a", { sourceId, objectKey: \`docs/\${later("a")}\` });`,
    "args.objectKey is the text of an Output and not its value",
  ],
  [
    "NaN through an Output",
    `new ChromaSyncInvocation("a", { sourceId, objectKey: "a", metadata: { n: later(NaN) } });`,
    "args.metadata.n is NaN, which state cannot hold",
  ],
  [
    "a Map through a promise, in a batch",
    `new ChromaSyncInvocationBatch("b", { sourceId, objects: [{ objectKey: "a", metadata: Promise.resolve(new Map([["a", 1]])) as any }] });`,
    "args.objects[0].metadata is a Map",
  ],
  [
    "a Date in metadata",
    `new ChromaSyncInvocation("a", { sourceId, objectKey: "a", metadata: { when: new Date(0) as any } });`,
    "args.metadata.when is a Date",
  ],
];

test.each(
  MISTAKES,
)("%s is a sentence at preview, without a stack and a request", async (_what, body, sentence) => {
  const { project, emulator } = await oneSync();
  project.write({ "index.ts": program(body) });
  const { code, output } = await project.preview();
  expect(code).not.toBe(0);
  expect(output).toContain(sentence);
  expect(output).not.toMatch(/^\s+at /m);
  expect(emulator.requests.filter((line) => line.startsWith("POST"))).toEqual([]);
});

test("a Node that is too old is reported in one sentence", async () => {
  const { declare, project } = await oneSync();
  declare(`sourceId: "${S3}", objectKey: "a"`);
  // The provider's process starts with what PATH has: a node that says of itself that it is an old one.
  const shim = path.join(project.folder, "old-node");
  fs.mkdirSync(shim);
  fs.writeFileSync(
    path.join(shim, "old.cjs"),
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } });`,
  );
  fs.writeFileSync(
    path.join(shim, "node"),
    `#!/bin/sh\nexec ${process.execPath} --require ${path.join(shim, "old.cjs")} "$@"\n`,
    { mode: 0o755 },
  );
  project.setEnvironment({ PATH: [shim, enginePath()].join(path.delimiter) });
  const { code, output } = await project.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("pulumi-chroma-sync needs Node 22.19 or newer, and Pulumi found 20.1.0");
  expect(output).not.toMatch(/^\s+at /m);
});
