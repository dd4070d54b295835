import { z } from "zod";
import { type Properties, present } from "../resource.js";
import { chunking, embedding } from "../source/rules.js";
import type { Triggers } from "../triggers.js";
import type { Fields } from "../validation/field-failures.js";
import { later, maybe } from "../validation/later.js";
import * as rules from "../validation/rules.js";
import { uploadMetadata } from "../validation/upload-metadata.js";
import type { WaitSettings } from "../waiting/settings.js";
import type { LocalFile } from "./local-file.js";

/** What is the same for one file and for many. A change of it makes another upload. */
export const UPLOAD_FIELDS = {
  databaseName: { replaces: true, rule: later(z.string().min(1)) },
  collectionName: { replaces: true, rule: later(rules.collectionName) },
  embedding: { replaces: true, rule: maybe(embedding) },
  chunking: { replaces: true, rule: maybe(chunking) },
} satisfies Fields;

/** Every input of a file: its rule, and whether a change of it makes another upload. Of the file its content decides. */
export const FIELDS = {
  ...UPLOAD_FIELDS,
  file: { replaces: false, rule: z.unknown() },
  filename: { replaces: true, rule: maybe(z.string().min(1).max(1024)) },
  customId: { replaces: true, rule: rules.customId },
  metadata: { replaces: true, rule: uploadMetadata },
  contentType: { replaces: true, rule: maybe(z.string().min(1).max(512)) },
  triggers: { replaces: true, rule: rules.triggers },
  waitForCompletion: { replaces: false, rule: rules.waitForCompletion },
  cancelOnDelete: { replaces: false, rule: rules.flag },
  provenance: { replaces: false, rule: rules.flag },
  retryFailed: { replaces: false, rule: rules.flag },
  adoptInvocationId: { replaces: false, rule: rules.invocationId },
} satisfies Fields;

/** The name of an input. */
export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Checked inputs of a file. */
export type FileInputs = {
  databaseName: string;
  collectionName: string;
  file: LocalFile;
  filename?: string;
  customId?: string;
  metadata?: Record<string, unknown>;
  embedding?: Record<string, unknown>;
  chunking?: Record<string, unknown>;
  contentType?: string;
  triggers?: Triggers;
  waitForCompletion?: boolean | WaitSettings;
  cancelOnDelete?: boolean;
  provenance?: boolean;
  retryFailed?: boolean;
  adoptInvocationId?: string;
  /** What the file held when the inputs were checked. */
  contentHash?: string;
};

/** The inputs among properties that may hold more. */
export function inputsOf(properties: Properties): FileInputs {
  return present([...FIELD_NAMES, "contentHash"], properties) as FileInputs;
}
