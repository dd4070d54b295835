import * as fs from "node:fs";
import { packageSpec, SCHEMA_FILE } from "../../codegen/schema/package.js";
import { BATCH_TYPES, INVOCATION_TYPES, SOURCE_TYPES } from "../../src/model/resource-types.js";
import { BATCH_FIELDS } from "../../src/provider/batch/inputs.js";
import { FIELDS as FILE_FIELDS } from "../../src/provider/file/inputs.js";
import { FILES_FIELDS } from "../../src/provider/files/inputs.js";
import { FIELDS } from "../../src/provider/invocation/inputs.js";
import { FIELDS as SOURCE_FIELDS } from "../../src/provider/source/rules.js";

// biome-ignore lint/suspicious/noExplicitAny: the shape is Pulumi's.
type Spec = Record<string, any>;

const schema: Spec = JSON.parse(fs.readFileSync(SCHEMA_FILE, "utf8"));
const property = (type: string) => schema.types[`chroma-sync:index:${type}`].properties;

test("the committed schema is what the manual and the rules say: npm run schema writes it", () => {
  expect(JSON.parse(JSON.stringify(packageSpec()))).toEqual(schema);
});

test.each<[string, Record<string, { replaces: boolean }>]>([
  ["Invocation", FIELDS],
  ["InvocationBatch", { ...BATCH_FIELDS, objects: { replaces: false } }],
  ["Source", SOURCE_FIELDS],
  ["File", FILE_FIELDS],
  ["Files", FILES_FIELDS],
])("every input of %s is in it, with whether a change of it replaces", (type, fields) => {
  const { inputProperties } = schema.resources[`chroma-sync:index:${type}`];
  const replacing = Object.entries<Spec>(inputProperties).map(([name, one]) => [
    name,
    one.willReplaceOnChanges === true,
  ]);
  const expected = Object.entries(fields).map(([name, { replaces }]) => [name, replaces]);
  expect(Object.fromEntries(replacing)).toEqual(Object.fromEntries(expected));
});

test("every property of every resource, type and function has its words", () => {
  const silent: string[] = [];
  const look = (value: unknown, place: string) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, one] of Object.entries(value as Spec)) {
      if (["properties", "inputProperties", "variables"].includes(key))
        for (const [name, { description }] of Object.entries<Spec>(one))
          if (!description) silent.push(`${place}.${name}`);
      look(one, `${place}/${key}`);
    }
  };
  look(schema, "");
  expect(silent).toEqual([]);
});

test("no description names the dynamic resource's classes or breaks in the middle", () => {
  const text = JSON.stringify(schema, (key, value) => (key === "aliases" ? undefined : value));
  expect(text.match(/.{20}ChromaSync(Invocation|Source|Provider|File).{5}/g)).toBeNull();
  expect(text.match(/.{20}\{@link.{20}/g)).toBeNull();
});

test("keys are secrets, and no SDK takes one from the environment into state", () => {
  expect(schema.provider.inputProperties.apiKey.secret).toBe(true);
  expect(schema.config.variables.apiKey.secret).toBe(true);
  expect(property("S3Source").awsAccessKeyId.secret).toBe(true);
  expect(property("S3Source").awsSecretAccessKey.secret).toBe(true);
  expect(JSON.stringify(schema)).not.toMatch(/defaultInfo|"default":/);
});

test("each resource continues from the state of the dynamic one", () => {
  const types = (token: string) => schema.resources[token].aliases.map(({ type }: Spec) => type);
  expect(types("chroma-sync:index:Invocation")).toEqual(INVOCATION_TYPES.slice(0, -1));
  expect(types("chroma-sync:index:InvocationBatch")).toEqual(BATCH_TYPES.slice(0, -1));
  expect(types("chroma-sync:index:Source")).toEqual(SOURCE_TYPES.slice(0, -1));
});
