import { ResponseError, type Source } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import { changedFields, replacingFields } from "../canonical.js";
import { ConfigError, NO_KEY } from "../config.js";
import type { Context } from "../context.js";
import { sourceFailures } from "../validation/source-kind.js";
import { FIELD_NAMES, FIELDS, type Field } from "./inputs.js";

const LONGEST_PAUSE_MS = 800;

type Properties = Record<string, unknown>;

/** One thing wrong with the inputs. The reason never quotes a value, since any input may be secret. */
export interface Failure {
  property: string;
  reason: string;
}

/**
 * Checks inputs before anything is sent: first offline, then against the live source where its id and a
 * key are known. Where nothing that would be sent has changed, no rule about the payload can fail a sync
 * that is done.
 */
export async function check(context: Context, olds: Properties, news: Properties): Promise<Failure[]> {
  const created = olds.sourceId !== undefined;
  context.use(news.targetCollectionName);
  const changed = created ? changedFields(olds, news) : FIELD_NAMES;
  const failures = [
    ...unknownNames("ChromaSyncInvocation", FIELD_NAMES, news),
    ...fieldFailures(changed, news),
  ];
  const sends = !created || replacingFields(changed).length > 0;
  if (!sends || failures.length > 0) return failures;
  return liveFailures(context, news);
}

function fieldFailures(changed: readonly Field[], news: Properties): Failure[] {
  const failures: Failure[] = [];
  for (const field of changed) {
    const value = news[field];
    if (value === undefined || value === null) {
      if (field === "sourceId")
        failures.push({ property: "sourceId", reason: "is required: give the UUID of the source to sync" });
      continue;
    }
    const result = FIELDS[field].rule.safeParse(value);
    if (result.success) continue;
    const issue = result.error.issues[0]!;
    failures.push({ property: field, reason: issue.message });
  }
  return failures;
}

/** What the live source says against the inputs; where it cannot be read, a warning. */
export async function liveFailures(context: Context, news: Properties): Promise<Failure[]> {
  try {
    if (!context.hasKey()) {
      context.warnOnce(`Only the offline rules were checked. ${NO_KEY}`);
      return [];
    }
    if (news.sourceId === UNKNOWN) return [];
    return sourceFailures(await knownSource(context, news.sourceId as string), news);
  } catch (error) {
    if (error instanceof ConfigError) return [{ property: "", reason: error.message }];
    if (error instanceof ResponseError && (error.status === 404 || error.status === 401))
      return [{ property: "sourceId", reason: `could not be looked up: ${error.message}` }];
    context.warnOnce(
      `A source could not be read, so only the offline rules were checked: ${(error as Error).message}`,
    );
    return [];
  }
}

/** A source that another run has just created may take a moment to be seen. */
async function knownSource(context: Context, sourceId: string): Promise<Source> {
  for (let pause = 200; ; pause *= 2) {
    try {
      return await context.source(sourceId);
    } catch (error) {
      const unseen = error instanceof ResponseError && error.status === 404;
      if (!unseen || pause > LONGEST_PAUSE_MS) throw error;
      await context.sleep(pause);
    }
  }
}

/** Properties that are no inputs of a resource, each with the name that is likely meant. */
export function unknownNames(resource: string, names: readonly string[], news: Properties): Failure[] {
  return Object.keys(news)
    .filter((name) => !names.includes(name))
    .map((property) => ({
      property,
      reason: `is not an input of ${resource}: did you mean ${nearest(property, names)}?`,
    }));
}

/** The name that takes the fewest edits. */
export function nearest(name: string, names: readonly string[]): string {
  const ranked = names.map((one) => ({ one, distance: editDistance(name.toLowerCase(), one.toLowerCase()) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).one;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
