import type { CreateSourcePayload, Source } from "../../api/index.js";
import { sorted } from "../canonical.js";
import type { SourceInputs } from "./inputs.js";

/** The body of `POST /api/v1/sources` for these inputs. */
export function payloadOf(inputs: SourceInputs): CreateSourcePayload {
  const { onConflict: _conflict, rotateCredentials: _rotate, ...sent } = inputs;
  return toWire(sent) as CreateSourcePayload;
}

/** Inputs whose keys are all names, in the words of the service. */
export function toWire(inputs: unknown): unknown {
  return renamed(inputs, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** A source of the service in the words of the inputs; keys never, whatever the reply holds. */
export function inputsFrom(source: Source): SourceInputs {
  const { database_name, github, s3, web_scrape, embedding, chunking } = source as Record<string, unknown>;
  const kept = sorted({ database_name, github, s3, web_scrape, embedding, chunking }, true);
  const inputs = renamed(kept, (key) =>
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ) as SourceInputs;
  if (inputs.s3) {
    const { awsAccessKeyId: _id, awsSecretAccessKey: _secret, ...rest } = inputs.s3;
    inputs.s3 = rest;
  }
  return inputs;
}

/** The same value with the keys of its maps renamed. A source holds no map whose keys are data. */
function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), renamed(item, rename)]));
}
