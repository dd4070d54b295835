import { z } from "zod";
import type { BatchEntry } from "../../model/batch-encoding.js";
import { UNKNOWN } from "../../model/unknown.js";
import { FIELDS } from "../invocation/inputs.js";
import { type Properties, present } from "../resource.js";
import { flag, oneOf } from "../validation/rules.js";

const LARGEST_CONCURRENCY = 64;

const concurrency = z.unknown().superRefine((value, context) => {
  if (
    value === UNKNOWN ||
    (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_CONCURRENCY)
  )
    return;
  context.addIssue({ code: "custom", message: `must be a whole number from 1 to ${LARGEST_CONCURRENCY}` });
});

/** Every input of a batch but its objects. Only a change of source or collection makes another resource. */
export const BATCH_FIELDS = {
  sourceId: { replaces: true, rule: FIELDS.sourceId.rule },
  targetCollectionName: { replaces: true, rule: FIELDS.targetCollectionName.rule },
  metadata: { replaces: false, rule: FIELDS.metadata.rule },
  triggers: { replaces: false, rule: FIELDS.triggers.rule },
  concurrency: { replaces: false, rule: concurrency },
  waitForCompletion: { replaces: false, rule: FIELDS.waitForCompletion.rule },
  onRemoved: { replaces: false, rule: oneOf("", ["forget", "cancel"]) },
  continueOnError: { replaces: false, rule: flag },
  cancelOnDelete: { replaces: false, rule: flag },
  provenance: { replaces: false, rule: flag },
  retryFailed: { replaces: false, rule: flag },
} satisfies Record<string, { replaces: boolean; rule: z.ZodType }>;

export type BatchField = keyof typeof BATCH_FIELDS;
export const BATCH_FIELD_NAMES = Object.keys(BATCH_FIELDS) as BatchField[];

/** What steers a batch and is kept in its outputs, since a delete and a diff see no inputs. */
export const BATCH_SETTINGS = BATCH_FIELD_NAMES.filter((name) => name !== "metadata" && name !== "triggers");

/** Checked inputs of a batch. */
export type BatchInputs = {
  sourceId: string;
  targetCollectionName?: string;
  /** The entries that were plain values, as text. */
  entries?: string;
  /** The entries that held outputs. */
  objects?: BatchEntry[];
  metadata?: Record<string, unknown>;
  triggers?: unknown[];
  concurrency?: number;
  waitForCompletion?:
    | boolean
    | { timeoutSeconds?: number; pollIntervalSeconds?: number; onTimeout?: "fail" | "warn" };
  onRemoved?: "forget" | "cancel";
  continueOnError?: boolean;
  cancelOnDelete?: boolean;
  provenance?: boolean;
  retryFailed?: boolean;
};

/** The inputs among properties, without those that are absent. */
export function inputsOf(properties: Properties): BatchInputs {
  return present(Object.keys(properties), properties) as BatchInputs;
}
