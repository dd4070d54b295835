import { apply } from "../batch/apply.js";
import { remove } from "../batch/delete.js";
import { diff } from "../batch/diff.js";
import { planned } from "../batch/planned.js";
import { preview } from "../batch/preview.js";
import { read } from "../batch/read.js";
import { recordsOf } from "../batch/state.js";
import { update } from "../batch/update.js";
import { reportLost } from "../exactly-once/leftovers.js";
import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { withContent } from "./folder.js";
import { inputsOf } from "./inputs.js";
import { filesKind } from "./kind.js";

/**
 * The files of a folder that are uploaded into a collection, as one resource: a batch whose objects are files and whose
 * requests are uploads. A resource for each file would cost the engine more than the upload does.
 */
export const files: Resource = {
  id: "batchId",
  inputs: inputsOf,
  withContent,
  check,
  async diff(context, urn, olds, news) {
    const inputs = inputsOf(news);
    const difference = diff(context, urn, olds, news, inputs, filesKind(inputs));
    if (difference.changes) return difference;
    // An update would report what an earlier run left behind.
    const held = new Set([...recordsOf(olds).values()].map(({ invocationId }) => invocationId));
    await reportLost(context, urn, (id) => held.has(id));
    return difference;
  },
  create: (context, urn, news) => {
    const inputs = inputsOf(news);
    return apply(context, urn, inputs, {}, filesKind(inputs));
  },
  read: (context, id, state) => read(context, id, state as never, filesKind(state as never)),
  update: (context, urn, id, olds, news) => {
    const inputs = inputsOf(news);
    return update(context, urn, id, olds as never, inputs, filesKind(inputs));
  },
  delete: remove as Resource["delete"],
  preview: (context, urn, news, olds) => {
    const inputs = inputsOf(news);
    const before = context.inputsBefore.get(urn);
    return preview(context, urn, inputs, olds as never, before && inputsOf(before), filesKind(inputs));
  },
  planned: (news, olds) => planned(inputsOf(news), olds as never, filesKind(inputsOf(news))),
};
