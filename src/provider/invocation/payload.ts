import type { CreateInvocationPayload } from "../../api/index.js";
import { canonical, sorted } from "../canonical.js";
import type { InvocationInputs } from "./inputs.js";

/** The body of the POST for these inputs. */
export function payloadOf(inputs: InvocationInputs): CreateInvocationPayload {
  return sorted(
    {
      object_key: inputs.objectKey,
      custom_id: inputs.customId,
      metadata: canonical("metadata", inputs.metadata) === "" ? undefined : inputs.metadata,
      ref_identifier: inputs.refIdentifier,
      target_collection_name: inputs.targetCollectionName,
    },
    true,
  ) as CreateInvocationPayload;
}
