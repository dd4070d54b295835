import { z } from "zod";
import type { BatchEntry, Packed } from "../../model/batch-encoding.js";
import { type Properties, present } from "../resource.js";
import type { Triggers } from "../triggers.js";
import type { Fields } from "../validation/field-failures.js";
import { maybe } from "../validation/later.js";
import * as rules from "../validation/rules.js";
import type { WaitSettings } from "../waiting/settings.js";

const CONCURRENCY = "must be a whole number from 1 to 64";
const concurrency = maybe(z.int(CONCURRENCY).min(1, CONCURRENCY).max(64, CONCURRENCY));

/** Every input of a batch but its objects. Only a change of source or collection makes another resource. */
export const BATCH_FIELDS = {
  sourceId: { replaces: true, rule: rules.sourceId },
  targetCollectionName: { replaces: true, rule: maybe(rules.collectionName) },
  metadata: { replaces: false, rule: rules.metadata },
  triggers: { replaces: false, rule: rules.triggers },
  runOn: { replaces: false, rule: rules.runOn },
  concurrency: { replaces: false, rule: concurrency },
  waitForCompletion: { replaces: false, rule: rules.waitForCompletion },
  onRemoved: { replaces: false, rule: rules.oneOf("forget", "cancel") },
  continueOnError: { replaces: false, rule: rules.flag },
  cancelOnDelete: { replaces: false, rule: rules.flag },
  provenance: { replaces: false, rule: rules.flag },
  retryFailed: { replaces: false, rule: rules.flag },
} satisfies Fields;

export type BatchField = keyof typeof BATCH_FIELDS;
export const BATCH_FIELD_NAMES = Object.keys(BATCH_FIELDS) as BatchField[];

/** Checked inputs of a batch. */
export type BatchInputs = {
  sourceId: string;
  /** Instead of the source, if these are uploads. */
  databaseName?: string;
  targetCollectionName?: string;
  /** The entries that were plain values, as text. */
  entries?: string | Packed;
  /** The entries that held outputs. */
  objects?: BatchEntry[];
  metadata?: Record<string, unknown>;
  triggers?: Triggers;
  runOn?: "change" | "up";
  concurrency?: number;
  waitForCompletion?: boolean | WaitSettings;
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
