import type { Source } from "../../api/index.js";
import { holdsUnknown, UNKNOWN } from "../../model/unknown.js";
import { type Properties, present } from "../resource.js";
import type { SourceInputs } from "./inputs.js";
import { keysDigest, withoutKeys } from "./keys.js";
import { FIELD_NAMES } from "./rules.js";
import { inputsFrom } from "./wire.js";

/** What state holds of a source: its inputs without the keys, and what the service said. */
export type SourceState = SourceInputs & {
  sourceId: string;
  createdAt?: string;
  /** The credential that the service made of inline keys, or the one that was asked for. */
  awsCredentialId?: number;
  /** A digest of the inline keys that the service was given. */
  credentials?: string;
  /** It was there before this resource. */
  adopted?: true;
  /** The inputs were recovered from the service: which of them were given is not known. */
  imported?: true;
};

/**
 * State after reading a source. A source never changes, so what state says of it is kept; a source that is
 * only looked up has nothing to keep.
 */
export function withReply(state: SourceState, source: Source): SourceState {
  const known = FIELD_NAMES.some((field) => state[field] !== undefined);
  const seen = inputsFrom(source);
  const awsCredentialId = seen.s3?.awsCredentialId ?? state.s3?.awsCredentialId;
  return {
    ...(known ? state : { ...seen, ...state, imported: true }),
    ...(source.created_at ? { createdAt: source.created_at } : {}),
    ...(awsCredentialId === undefined ? {} : { awsCredentialId }),
  };
}

/** What a change of inputs does not touch: the keys that the service has are those of the old state. */
const KEPT = ["sourceId", "createdAt", "awsCredentialId", "credentials", "adopted", "imported"] as const;

/** State after a change of inputs. Only settings of ours change in place. */
export function withInputs(olds: SourceState, news: SourceInputs): SourceState {
  return { ...withoutKeys(news), ...(present(KEPT, olds) as Pick<SourceState, (typeof KEPT)[number]>) };
}

/** The state that a create or an update will leave, as far as it is known. */
export function planned(inputs: SourceInputs, olds?: SourceState): Properties {
  if (olds) return withInputs(olds, inputs);
  const credentials = holdsUnknown(inputs.s3) ? UNKNOWN : keysDigest(inputs);
  return {
    ...withoutKeys(inputs),
    sourceId: UNKNOWN,
    createdAt: UNKNOWN,
    ...(inputs.s3 ? { awsCredentialId: inputs.s3.awsCredentialId ?? UNKNOWN } : {}),
    ...(credentials ? { credentials } : {}),
    ...(inputs.onConflict === "adopt" ? { adopted: UNKNOWN } : {}),
  };
}
