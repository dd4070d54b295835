import { reportLost } from "../exactly-once/leftovers.js";
import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { preview } from "./preview.js";
import { read } from "./read.js";
import { planned } from "./state.js";
import { update } from "./update.js";

/** One sync of a source: an invocation of the service. */
export const invocation: Resource = {
  id: "invocationId",
  inputs: inputsOf,
  check,
  async diff(context, urn, olds, news) {
    const difference = await diff(context, urn, olds, news);
    // A create would report what an earlier run left behind.
    if (difference.replaces.length === 0) await reportLost(context, urn);
    return difference;
  },
  create,
  read,
  update,
  delete: remove,
  preview,
  planned,
};
