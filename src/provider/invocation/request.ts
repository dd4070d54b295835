import { canonical } from "../canonical.js";
import type { Context } from "../context.js";
import { withProvenance } from "../exactly-once/conflict.js";
import type { InvocationRequest } from "../exactly-once/request.js";
import { sourceCollection } from "../service/source-collection.js";
import { FIELD_NAMES, FIELDS, type InvocationInputs } from "./inputs.js";
import { payloadOf } from "./payload.js";

/** What a create with these inputs asks for. */
export async function requestFor(
  context: Context,
  urn: string,
  inputs: InvocationInputs,
): Promise<InvocationRequest> {
  const sourceId = inputs.sourceId.toLowerCase();
  const identity = identityOf(inputs);
  const payload = inputs.provenance
    ? withProvenance(payloadOf(inputs), `${context.declarationOf(urn)}\n${identity}`)
    : payloadOf(inputs);
  const collection = payload.target_collection_name ?? (await sourceCollection(context, sourceId));
  return { sourceId, payload, collection, identity };
}

function identityOf(inputs: InvocationInputs): string {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field].replaces);
  return JSON.stringify(fields.map((field) => canonical(field, inputs[field])));
}
