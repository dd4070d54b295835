import type { Properties } from "../resource.js";

/** Whether these inputs ask to wait for completion. */
export function waits(inputs: Properties): boolean {
  return ![undefined, null, false].includes(inputs.waitForCompletion as undefined);
}
