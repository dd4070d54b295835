import { reportLost } from "../exactly-once/leftovers.js";
import { remove } from "../invocation/delete.js";
import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { preview } from "./preview.js";
import { read } from "./read.js";
import { planned } from "./state.js";
import { update } from "./update.js";
import { withContent } from "./with-content.js";

/** A file of this machine that is uploaded into a collection. */
export const file: Resource = {
  id: "invocationId",
  inputs: inputsOf,
  withContent,
  check,
  async diff(context, urn, olds, news) {
    const difference = diff(context, urn, olds, news);
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
