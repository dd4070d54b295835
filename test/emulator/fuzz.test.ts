import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { openapi } from "../../src/emulator/openapi.js";

const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const WEB = "0192f0c1-5d3e-7b7a-9c53-000000000003";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    token: "k",
    pendingMs: 0,
    processingMs: 0,
    seed: {
      sources: [
        { id: GITHUB, database_name: "db", github: { repository: "acme/docs" } },
        { id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "objects" } },
        { id: WEB, database_name: "db", web_scrape: { starting_url: "http://127.0.0.1:1/" } },
      ],
    },
  });
});
afterAll(() => emulator.close());

// biome-ignore lint/suspicious/noExplicitAny: JSON.
type Document = any;
const document: Document = openapi();
const ajv = addFormats.default(new Ajv({ verbose: true, strict: false }));

const id = fc.oneof(fc.constantFrom(GITHUB, S3, WEB), fc.uuid(), fc.string());
const text = fc.oneof(fc.constantFrom("db", "docs", "main", "objects", "a/b"), fc.string());
const anything = fc.oneof(text, fc.jsonValue());
const most = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: good, weight: 4 }, { arbitrary: anything, weight: 1 });

/** Values that mostly fit a schema of the document, and sometimes do not. */
function valuesOf(schema: Document): fc.Arbitrary<unknown> {
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return fc.oneof(...union.map(valuesOf));
  if (schema.enum) return most(fc.constantFrom(...schema.enum));
  if (schema.const !== undefined) return most(fc.constant(schema.const));
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "integer":
    case "number":
      return most(fc.integer({ min: -2, max: 200 }));
    case "array":
      return most(fc.array(valuesOf(schema.items), { maxLength: 3 }));
    case "object": {
      const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valuesOf(one)]);
      return most(fc.record(Object.fromEntries(properties), { requiredKeys: [] }));
    }
    default:
      return most(text);
  }
}

const operations = Object.entries<Document>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Document>(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    operation,
  })),
);

/** Bodies that fit, so that what follows on success is reached, too. */
const VALID: Record<string, fc.Arbitrary<unknown>> = {
  "POST /api/v1/sources": fc.record({
    database_name: fc.constant("db"),
    github: fc.record({ repository: fc.string({ minLength: 1 }), app_id: fc.option(fc.string()) }),
    chunking: fc.constantFrom({ type: "lines", max_lines: 3 }, { type: "tree_sitter" }),
  }),
  "POST /api/v1/sources/{source_id}/invocations": fc.oneof(
    fc.record({
      object_key: fc.string({ minLength: 1 }),
      custom_id: fc.option(fc.string({ maxLength: 120 })),
    }),
    fc.record({ target_collection_name: fc.constantFrom("docs", "other") }),
  ),
};

/** A request of one operation, as the wire carries it. */
const request = fc.constantFrom(...operations).chain(({ path, method, operation }) => {
  const query = (operation.parameters ?? []).filter((one: Document) => one.in === "query");
  const body = operation.requestBody?.content["application/json"]?.schema;
  const good = VALID[`${method} ${path}`];
  const bodies: fc.Arbitrary<unknown> | undefined =
    body && (good ? fc.oneof(good, valuesOf(body)) : valuesOf(body));
  return fc.record({
    path: fc.constant(path),
    method: fc.constant(method),
    id,
    token: fc.oneof(
      { arbitrary: fc.constant("k"), weight: 9 },
      { arbitrary: fc.constantFrom("", "other"), weight: 1 },
    ),
    query: fc.record(Object.fromEntries(query.map((one: Document) => [one.name, valuesOf(one.schema)])), {
      requiredKeys: [],
    }),
    body: body
      ? fc.oneof(
          { arbitrary: bodies!.map((one) => JSON.stringify(one)), weight: 9 },
          { arbitrary: fc.string(), weight: 1 },
        )
      : fc.constant(undefined),
  });
});

let made = 0;
async function another(): Promise<string> {
  const answer = await fetch(`${emulator.url}/api/v1/sources`, {
    method: "POST",
    headers: { "x-chroma-token": "k", "content-type": "application/json" },
    body: JSON.stringify({ database_name: "db", github: { repository: `deleted/${made++}` } }),
  });
  return ((await answer.json()) as { source_id: string }).source_id;
}

test("no request gets 5xx or no response, and every reply fits the document", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      // What is deleted is a source of its own, or nothing could be invoked any more.
      if (one.method === "DELETE" && [GITHUB, S3, WEB].includes(one.id)) one.id = await another();
      const place = one.path.replace(/\{\w+\}/, encodeURIComponent(one.id) || "x");
      const query = new URLSearchParams(
        Object.entries(one.query).map(([name, value]): [string, string] => [
          name,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      );
      const answer = await fetch(`${emulator.url}${place}?${query}`, {
        method: one.method,
        headers: { "x-chroma-token": one.token, "content-type": "application/json" },
        ...(one.body === undefined ? {} : { body: String(one.body) }),
      });
      const text = await answer.text();
      expect(answer.status).toBeLessThan(500);
      const described = document.paths[one.path][one.method.toLowerCase()].responses[answer.status];
      // An id may itself be a path, which then is not an operation.
      if (!described && [404, 405].includes(answer.status)) return;
      expect({ status: answer.status, described: described !== undefined }).toMatchObject({
        described: true,
      });
      seen.add(`${one.method} ${one.path} ${answer.status}`);
      const schema = described.content?.["application/json"].schema;
      if (!schema) return;
      const problems = ajv.validate(schema, JSON.parse(text)) ? [] : ajv.errors!;
      expect(
        problems.map(({ instancePath, message, data }: Document) => ({ instancePath, message, data })),
      ).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  // It does not test refusals alone.
  for (const success of [
    "POST /api/v1/sources 201",
    "POST /api/v1/sources/{source_id}/invocations 201",
    "GET /api/v1/invocations 200",
    "GET /api/v1/sources 200",
  ])
    expect([...seen]).toContain(success);
});
