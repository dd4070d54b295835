import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { planned } from "./planned.js";
import { read } from "./read.js";
import { update } from "./update.js";

/** Syncs of many S3 objects as one resource. */
export const batch: Resource = {
  id: "batchId",
  inputs: inputsOf,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  planned,
};
