import type { Context } from "../context.js";
import type { Fields } from "../validation/field-failures.js";
import { BATCH_FIELDS, type BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";
import type { Progress } from "./progress.js";

/** What a batch is made of. */
export interface BatchKind {
  /** What a message calls all of it. */
  whole: string;
  /** What a message calls its members. */
  many: string;
  /** What the row says of those that were. */
  doing: string;
  /** What a change of makes another sync of one. */
  changes: string;
  /** Its inputs but the list. */
  fields: Fields;
  /** How many are sent at once unless the inputs say so. */
  concurrency: number;
  /** Sends the request of one; resolves with the id of its invocation. */
  send(context: Context, item: Item, sending: () => void, inputs: BatchInputs): Promise<string>;
  /** Counts the bytes of these, if any are sent. */
  count?(items: readonly Item[], progress: Progress): void;
}

/** Objects of a bucket, which the service reads itself. */
export const OBJECTS: BatchKind = {
  whole: "batch",
  many: "objects",
  doing: "started",
  changes: "version",
  fields: BATCH_FIELDS,
  concurrency: 32,
  send: (context, item, _sending, { sourceId }) =>
    context.client().createInvocation(sourceId.toLowerCase(), item.payload()),
};

/** What steers a batch and is kept in its outputs, since a delete and a diff see no inputs. */
export function settingsOf({ fields }: BatchKind): string[] {
  return Object.keys(fields).filter((name) => name !== "metadata" && name !== "triggers");
}
