import { chunkIdPrefix } from "../model/chunk-id-prefix.js";
import { UNKNOWN } from "../model/unknown.js";
import { batch } from "./batch/index.js";
import { invocationIdsOf } from "./batch/state.js";
import { collection } from "./collection/index.js";
import { file } from "./file/index.js";
import { files } from "./files/index.js";
import { invocation } from "./invocation/index.js";
import type { Resource } from "./resource.js";
import { source } from "./source/index.js";
import { withDerived } from "./with-derived.js";

/** The kinds of resources, by the names that the hosts give them. */
export const RESOURCES = { invocation, batch, source, file, files, collection } satisfies Record<
  string,
  Resource
>;

/** The same with all that the classes of the Node package compute, for programs that have none. */
export const COMPLETE_RESOURCES = {
  invocation: withDerived(invocation, ({ objectKey, customId }) => {
    const isKnown = objectKey !== UNKNOWN && customId !== UNKNOWN;
    return { chunkIdPrefix: isKnown ? chunkIdPrefix(objectKey, customId as string | undefined) : UNKNOWN };
  }),
  batch: withDerived(batch, (state) => ({ invocationIds: invocationIdsOf(state) })),
  source,
  file,
  files: withDerived(files, (state) => ({ invocationIds: invocationIdsOf(state) })),
} satisfies Record<string, Resource>;
