import { digest } from "../../model/digest.js";
import { holdsUnknown } from "../../model/unknown.js";
import type { SourceInputs } from "./inputs.js";

/** The inputs without inline keys: what may stand in outputs. */
export function withoutKeys<T extends SourceInputs>(inputs: T): T {
  if (typeof inputs.s3 !== "object") return inputs;
  const { awsAccessKeyId: _id, awsSecretAccessKey: _secret, ...s3 } = inputs.s3;
  return { ...inputs, s3 };
}

/** A digest of the inline keys; undefined if there are none, or they are not known yet. */
export function keysDigest({ s3 }: SourceInputs): string | undefined {
  const keys = [s3?.awsAccessKeyId, s3?.awsSecretAccessKey];
  if (keys.some((key) => key === undefined || holdsUnknown(key))) return undefined;
  return digest(JSON.stringify(keys), 16);
}
