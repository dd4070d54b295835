import published from "./emulator/published-spec.json";
import facts from "./facts.json";

/** The facts that a document states, in the form of facts.json. */
// biome-ignore lint/suspicious/noExplicitAny: a document of another's making.
function factsOf(spec: any) {
  const url = "/api/v1/sources/{source_id}/invocations";
  const method = "post";
  const operation = spec.paths[url][method];
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

test("the facts are those of the published API document", () => {
  const { source: _, ...copied } = facts;
  expect(factsOf(published)).toEqual(copied);
});

test("the facts name every field that the provider can send", () => {
  const sent = ["custom_id", "metadata", "object_key", "ref_identifier", "target_collection_name"];
  expect(Object.keys(facts.payload).sort()).toEqual(sent);
});
