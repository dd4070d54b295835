import { holdsUnknown } from "../unknown.js";
import { changedFields, described, identity, inputsOf, keysDigest, replacingFields } from "./canonical.js";
import type { SourceContext } from "./context.js";
import type { SourceState } from "./inputs.js";

type Properties = Record<string, unknown>;

/** What the engine is told about a change. */
export interface Difference {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/**
 * A source cannot be changed, so every change of what it is replaces it. Where the service counts old and
 * new as the same source, the old one is deleted first, or the new one is answered with 409; else last, so
 * that a create that fails leaves the old one. Other keys alone replace only where that is asked for.
 */
export async function diff(context: SourceContext, olds: Properties, news: Properties): Promise<Difference> {
  const state = olds as unknown as SourceState;
  const inputs = inputsOf(news);
  context.held.add(identity(state));
  const changed = changedFields(olds, news);
  const replaces: string[] = replacingFields(changed);
  if (replaces.length === 0 && otherKeys(state, news)) {
    if (inputs.rotateCredentials === true) replaces.push("s3");
    else
      context.warn(
        `The AWS keys of the ${described(inputs)} have changed, and the service keeps those that it was given: a source cannot be changed. ` +
          "Set rotateCredentials: true to replace it, which runs its syncs again, or use awsCredentialId, whose keys are kept in the dashboard.",
      );
  }
  if (replaces.length > 0) context.warn(await consequence(context, state));
  return {
    changes: changed.length > 0 || replaces.length > 0,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && identity(state) === identity(inputs),
  };
}

function otherKeys(state: SourceState, news: Properties): boolean {
  const inputs = inputsOf(news);
  return inputs.s3 !== undefined && !holdsUnknown(inputs.s3) && state.credentials !== keysDigest(inputs);
}

const MOST = 1000;

/** What a replacement costs, in the number of syncs that the service knows of the old source. */
async function consequence(context: SourceContext, state: SourceState): Promise<string> {
  const what = `Replacing the ${described(state)} gives it another id, so that every sync declared of it runs again`;
  try {
    const query = { source_id: state.sourceId, limit: MOST };
    const jobs = await context.client().listInvocations(query);
    const targets = new Set(
      jobs.map(({ metadata }) =>
        JSON.stringify([
          metadata.collection_name,
          (metadata as { s3?: { object_key?: string } }).s3?.object_key,
        ]),
      ),
    );
    const count = `${jobs.length === MOST ? "at least " : ""}${targets.size}`;
    return `${what}: it has synced ${count} so far (collections, or objects of a bucket).`;
  } catch {
    return `${what}; how many there are could not be read.`;
  }
}
