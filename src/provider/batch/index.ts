import { reportLost } from "../exactly-once/leftovers.js";
import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { planned } from "./planned.js";
import { preview } from "./preview.js";
import { read } from "./read.js";
import { recordsOf } from "./state.js";
import { update } from "./update.js";

/** Syncs of many S3 objects as one resource. */
export const batch: Resource = {
  id: "batchId",
  inputs: inputsOf,
  check,
  async diff(context, urn, olds, news) {
    const difference = diff(context, urn, olds, news);
    if (difference.changes) return difference;
    // An update would report what an earlier run left behind.
    const held = new Set([...recordsOf(olds).values()].map(({ invocationId }) => invocationId));
    await reportLost(context, urn, (id) => held.has(id));
    return difference;
  },
  create,
  read,
  update,
  delete: remove,
  preview,
  planned,
};
