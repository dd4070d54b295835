import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { read } from "./read.js";
import { planned } from "./state.js";
import { update } from "./update.js";

/** The collection that a `ChromaSyncedRepository` keeps, and deletes once another takes its place. */
export const collection: Resource = {
  id: "collectionName",
  inputs: inputsOf,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  planned,
};
