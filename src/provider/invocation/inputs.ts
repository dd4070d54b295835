import { type Properties, present } from "../resource.js";
import type { Triggers } from "../triggers.js";
import type { Fields } from "../validation/field-failures.js";
import { maybe } from "../validation/later.js";
import * as rules from "../validation/rules.js";
import type { WaitSettings } from "../waiting/settings.js";

/**
 * Every input of an invocation: its rule, and whether a change of it makes a new invocation. Only the
 * settings that steer this package (`replaces: false`) change in place.
 */
export const FIELDS = {
  sourceId: { replaces: true, rule: rules.sourceId },
  targetCollectionName: { replaces: true, rule: maybe(rules.collectionName) },
  refIdentifier: { replaces: true, rule: rules.refIdentifier },
  objectKey: { replaces: true, rule: maybe(rules.objectKey) },
  customId: { replaces: true, rule: rules.customId },
  metadata: { replaces: true, rule: rules.metadata },
  triggers: { replaces: true, rule: rules.triggers },
  waitForCompletion: { replaces: false, rule: rules.waitForCompletion },
  cancelOnDelete: { replaces: false, rule: rules.flag },
  onConflict: { replaces: false, rule: rules.oneOf("fail", "adopt", "cancel") },
  runOn: { replaces: false, rule: rules.runOn },
  maxAgeHours: { replaces: false, rule: rules.maxAgeHours },
  provenance: { replaces: false, rule: rules.flag },
  retryFailed: { replaces: false, rule: rules.flag },
  adoptInvocationId: { replaces: false, rule: rules.invocationId },
} satisfies Fields;

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
  triggers?: Triggers;
  waitForCompletion?: boolean | WaitSettings;
  cancelOnDelete?: boolean;
  onConflict?: "fail" | "adopt" | "cancel";
  runOn?: "change" | "up";
  maxAgeHours?: number;
  provenance?: boolean;
  retryFailed?: boolean;
  adoptInvocationId?: string;
};

/** The inputs among properties that may hold more. */
export function inputsOf(properties: Properties): InvocationInputs {
  return present(FIELD_NAMES, properties) as InvocationInputs;
}
