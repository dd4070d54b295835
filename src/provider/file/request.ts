import type { CreateInvocationPayload } from "../../api/index.js";
import { canonical, sorted } from "../canonical.js";
import type { Context } from "../context.js";
import { withProvenance } from "../exactly-once/conflict.js";
import type { InvocationRequest } from "../exactly-once/request.js";
import { placeOf } from "../service/place.js";
import { FIELD_NAMES, FIELDS, type FileInputs } from "./inputs.js";
import { upload } from "./upload.js";

/** What a create with these inputs asks for: in the words of an object, whose key is the name of the file. */
export function requestFor(context: Context, urn: string, inputs: FileInputs): InvocationRequest {
  const identity = identityOf(inputs);
  const plain = payloadOf(inputs);
  const payload = inputs.provenance
    ? withProvenance(plain, `${context.declarationOf(urn)}\n${identity}`)
    : plain;
  return {
    sourceId: placeOf(inputs),
    payload,
    collection: inputs.collectionName,
    identity,
    send: (sending) => upload(context, urn, inputs, payload, sending),
  };
}

function payloadOf({ filename, customId, metadata, collectionName }: FileInputs): CreateInvocationPayload {
  return {
    object_key: filename ?? "",
    ...(customId ? { custom_id: customId } : {}),
    ...(canonical("metadata", metadata) === ""
      ? {}
      : { metadata: sorted(metadata, true) as Record<string, unknown> }),
    target_collection_name: collectionName,
  };
}

function identityOf(inputs: FileInputs): string {
  const fields = FIELD_NAMES.filter((field) => FIELDS[field].replaces);
  return JSON.stringify([...fields.map((field) => canonical(field, inputs[field])), inputs.contentHash]);
}
