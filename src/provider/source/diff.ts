import { jobTarget } from "../../api/job-target.js";
import { holdsUnknown } from "../../model/unknown.js";
import type { Context } from "../context.js";
import type { Difference, Properties } from "../resource.js";
import { changedFields, replacingFields } from "./changed-fields.js";
import { described, identity } from "./identity.js";
import type { SourceInputs } from "./inputs.js";
import { inputsOf } from "./inputs.js";
import { keysDigest } from "./keys.js";
import type { SourceState } from "./state.js";

/**
 * A source cannot be changed, so every change of what it is replaces it. Where the service counts old and
 * new as the same source, the old one is deleted first, or the new one fails with 409; else last, so
 * that a create that fails leaves the old one. Other keys alone replace only if that is asked for.
 */
export async function diff(
  context: Context,
  urn: string,
  state: SourceState,
  news: Properties,
): Promise<Difference> {
  const inputs = inputsOf(news);
  context.heldSources.add(identity(state));
  context.seenInState(state.sourceId, {}, urn);
  const changed = changedFields(state, news);
  const replaces: string[] = replacingFields(changed);
  if (replaces.length === 0 && otherKeys(state, inputs)) {
    if (inputs.rotateCredentials === true) replaces.push("s3");
    else
      context.warn(
        `The AWS keys of the ${described(inputs)} have changed, and the service keeps those that it was given: a source cannot be changed. ` +
          "Set rotateCredentials: true to replace it, which runs its syncs again, or use awsCredentialId, whose keys are kept in the dashboard.",
      );
  }
  const inItsPlace = replaces.length > 0 && !holdsUnknown(inputs) && identity(state) === identity(inputs);
  if (inItsPlace && state.adopted)
    throw new Error(
      `The ${described(state)} existed before this stack, so the stack will not delete it, and a source cannot be changed in place. ` +
        `Restore ${replaces.join(" and ")}, or delete the source in the dashboard and run \`pulumi refresh\` and \`pulumi up\`.`,
    );
  if (replaces.length > 0) context.warn(await consequence(context, state));
  return {
    changes: changed.length > 0 || replaces.length > 0,
    replaces,
    changed: [...new Set([...changed, ...replaces])],
    deleteBeforeReplace: inItsPlace,
  };
}

function otherKeys(state: SourceState, inputs: SourceInputs): boolean {
  // To one that was adopted no keys were ever sent.
  if (state.adopted || inputs.s3 === undefined || holdsUnknown(inputs.s3)) return false;
  // Nor does anybody know which keys one has that was imported.
  if (state.imported && inputs.rotateCredentials !== true) return false;
  return state.credentials !== keysDigest(inputs);
}

/** Enough to say that it is many. */
const MOST_COUNTED = 1000;

/** What a replacement costs, in the number of syncs that the service knows of the old source. */
async function consequence(context: Context, state: SourceState): Promise<string> {
  const what = `Replacing the ${described(state)} gives it another id, so that every sync declared of it runs again`;
  const targets = new Set<string>();
  let jobs = 0;
  try {
    for await (const job of context.client().invocations({ source_id: state.sourceId })) {
      const { collectionName, objectKey } = jobTarget(job);
      targets.add(JSON.stringify([collectionName, objectKey]));
      if (++jobs === MOST_COUNTED) break;
    }
  } catch {
    return `${what}; how many there are could not be read.`;
  }
  const count = `${jobs === MOST_COUNTED ? "at least " : ""}${targets.size.toLocaleString("en-US")}`;
  return `${what}: it has synced ${count} so far (collections, or objects of a bucket).`;
}
