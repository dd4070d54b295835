import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import facts from "./facts.json";

const document = path.join(__dirname, "../../shared/reference/create-invocation.openapi.yaml");

/** The facts that a document states, in the form of facts.json. */
// biome-ignore lint/suspicious/noExplicitAny: a document of another's making.
function factsOf(spec: any) {
  const [url, methods] = Object.entries(spec.paths)[0] as [string, Record<string, { responses: object }>];
  const [method, operation] = Object.entries(methods)[0]!;
  const { CreateJobPayload, CreateJobResponse, ErrorResponse, GitRefIdentifier, JobId } =
    spec.components.schemas;
  const refs = GitRefIdentifier.oneOf.map(
    (one: { properties: Record<string, { type: string }> }) =>
      `{${Object.entries(one.properties).map(([key, { type }]) => `${key}:${type}`)}}`,
  );
  const payload = Object.entries(
    CreateJobPayload.properties as Record<string, { type?: string[]; maxLength?: number }>,
  );
  const { in: place, name } = spec.components.securitySchemes["x-chroma-token"];
  return {
    method,
    path: url,
    responses: Object.keys(operation.responses),
    token: { in: place, name },
    payload: Object.fromEntries(
      payload.map(([key, { type, maxLength }]) => [
        key,
        { types: (type ?? ["null", ...refs]).sort(), ...(maxLength ? { maxLength } : {}) },
      ]),
    ),
    reply: { [CreateJobResponse.required[0]]: JobId.format },
    error: ErrorResponse.required,
  };
}

// The document is not part of the package; where it is at hand, the project's copy of its facts is held against it.
(fs.existsSync(document) ? test : test.skip)("the copied facts are those of the API document", () => {
  const { source: _, ...copied } = facts;
  expect(factsOf(load(fs.readFileSync(document, "utf8")))).toEqual(copied);
});

test("the facts name every field that the provider can send", () => {
  const sent = ["custom_id", "metadata", "object_key", "ref_identifier", "target_collection_name"];
  expect(Object.keys(facts.payload).sort()).toEqual(sent);
});
