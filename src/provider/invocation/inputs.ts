import { z } from "zod";
import { collectionNameProblem } from "../../model/collection-name.js";
import { UNKNOWN } from "../../model/unknown.js";
import { type Properties, present } from "../resource.js";
import { flag, metadata, oneOf, refIdentifier, text, UUID, waitForCompletion } from "../validation/rules.js";

/**
 * Every input of an invocation: its rule, and whether a change of it makes a new invocation. Only the
 * settings that steer this package (`replaces: false`) change in place.
 */
export const FIELDS = {
  sourceId: {
    replaces: true,
    rule: text((value) =>
      UUID.test(value)
        ? undefined
        : "must be the UUID of a source, such as 0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a: the dashboard shows it",
    ),
  },
  targetCollectionName: { replaces: true, rule: text(collectionNameProblem) },
  refIdentifier: { replaces: true, rule: refIdentifier },
  objectKey: {
    replaces: true,
    rule: text((value) =>
      value === ""
        ? "is empty: give the full key of the object, with the source's path prefix"
        : Buffer.byteLength(value) > 1024
          ? "is longer than the 1,024 bytes that S3 allows for a key"
          : undefined,
    ),
  },
  customId: {
    replaces: true,
    rule: text((value) => {
      if (value === "") return "is empty: leave it out to use the hash of the object key";
      const bytes = Buffer.byteLength(value);
      return bytes > 120
        ? `is ${value.length} characters (${bytes} bytes) long, the limit is 120 bytes: shorten it`
        : undefined;
    }),
  },
  metadata: { replaces: true, rule: metadata },
  triggers: {
    replaces: true,
    rule: z.unknown().superRefine((value, context) => {
      if (value !== UNKNOWN && !Array.isArray(value))
        context.addIssue({
          code: "custom",
          message: "must be a list: a change of any element starts a new sync",
        });
    }),
  },
  waitForCompletion: { replaces: false, rule: waitForCompletion },
  cancelOnDelete: { replaces: false, rule: flag },
  onConflict: { replaces: false, rule: oneOf("", ["fail", "adopt"]) },
  provenance: { replaces: false, rule: flag },
  retryFailed: { replaces: false, rule: flag },
  adoptInvocationId: {
    replaces: false,
    rule: text((value) => (UUID.test(value) ? undefined : "must be the UUID of an invocation")),
  },
} satisfies Record<string, { replaces: boolean; rule: z.ZodType }>;

/** The name of an input. */
export type Field = keyof typeof FIELDS;

/** The names of the inputs, in the order in which they are documented. */
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Checked inputs of an invocation. */
export type InvocationInputs = {
  sourceId: string;
  targetCollectionName?: string;
  refIdentifier?: { sha: string } | { branch: string };
  objectKey?: string;
  customId?: string;
  metadata?: Record<string, unknown>;
  triggers?: unknown[];
  waitForCompletion?:
    | boolean
    | { timeoutSeconds?: number; pollIntervalSeconds?: number; onTimeout?: "fail" | "warn" };
  cancelOnDelete?: boolean;
  onConflict?: "fail" | "adopt";
  provenance?: boolean;
  retryFailed?: boolean;
  adoptInvocationId?: string;
};

/** The inputs among properties that may hold more. */
export function inputsOf(properties: Properties): InvocationInputs {
  return present(FIELD_NAMES, properties) as InvocationInputs;
}
