import { batch } from "./batch/index.js";
import { collection } from "./collection/index.js";
import { invocation } from "./invocation/index.js";
import type { Resource } from "./resource.js";
import { source } from "./source/index.js";

/** The kinds of resources, by the names that the hosts give them. */
export const RESOURCES = { invocation, batch, source, collection } satisfies Record<string, Resource>;
