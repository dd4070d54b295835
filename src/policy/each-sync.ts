import type { ResourceRule } from "./rule.js";
import { type Sync, syncsOf } from "./syncs.js";
import { throwUnknown, withEach } from "./unjudged.js";

/** The schema of an option that is a list of strings. */
export const LIST = { type: "array", items: { type: "string" } } as const;

type Problems = (sync: Sync, config: Record<string, unknown>) => string | string[] | undefined;

/** A check of each sync of a resource; the same problem of several is reported once. */
export const each =
  (problems: Problems): ResourceRule["check"] =>
  (resource, config, notJudged = throwUnknown) => {
    const found = new Set<string>();
    const judge = (sync: Sync) => {
      for (const problem of [problems(sync, config) ?? []].flat()) found.add(problem);
    };
    withEach(syncsOf(resource, notJudged), judge, notJudged);
    return [...found];
  };
