import { changedFields, replacingFields } from "./canonical.js";

type Properties = Record<string, unknown>;

/** What the engine is told about a change. */
export interface Difference {
  changes: boolean;
  replaces: string[];
}

/**
 * A change of the payload, the source or the triggers replaces; a setting of ours updates in place. While
 * waiting is on and the recorded status is not `complete` there is always something to do, so that a
 * refresh cannot turn a timed-out or failed sync green.
 */
export function diff(olds: Properties, news: Properties): Difference {
  const changed = changedFields(olds, news);
  const unfinished = waits(news) && olds.status !== "complete";
  return { changes: changed.length > 0 || unfinished, replaces: replacingFields(changed) };
}

/** Whether these inputs ask to wait for completion. */
export function waits(inputs: Properties): boolean {
  return (
    inputs.waitForCompletion !== undefined &&
    inputs.waitForCompletion !== null &&
    inputs.waitForCompletion !== false
  );
}
