import { UNKNOWN } from "../../model/unknown.js";
import { someOf } from "../some-of.js";

/** Inputs as the check has them; a type of their own, since the contract of resources imports this. */
type Inputs = Record<string, unknown>;

/** One sync as a resource declares it. */
interface Declared {
  urn: string;
  /** Whether the run would send it: what is done is no reason for a warning. */
  isSent: boolean;
  ref?: string;
}

const SHOWN_KEYS = 3;

/** What the resources of a run sync: of two that meet, the second is told. */
export class DeclaredSyncs {
  readonly #refs = new Map<string, Declared>();
  readonly #objects = new Map<string, Declared>();

  /** Why a sync of a ref meets another one; undefined if it does not, or not everything is known yet. */
  refProblem(urn: string, inputs: Inputs, isSent: boolean): string | undefined {
    const { sourceId, targetCollectionName: collection, refIdentifier } = inputs;
    const ref = refText(refIdentifier);
    if (!isKnownText(sourceId) || !isKnownText(collection) || ref === undefined) return undefined;
    const own = { urn, isSent, ref };
    const other = meets(this.#refs, JSON.stringify([sourceId.toLowerCase(), collection]), own);
    if (!other || other.ref === ref) return undefined;
    // In the order of names, whichever is checked first.
    const refs = [other, own].map((one) => `${nameOf(one.urn)} syncs ${one.ref}`).sort();
    return (
      `Collection ${collection} would get two refs of source ${sourceId}: ${refs.join(", ")}. ` +
      "The service refuses the second with 409 once the first is finished: give each ref a collection of its own, with collectionNameFor for instance."
    );
  }

  /** The same for objects, of which a batch has many. */
  objectProblem(
    urn: string,
    { sourceId, targetCollectionName = null }: Inputs,
    objects: readonly { objectKey: unknown; isSent: boolean }[],
  ): string | undefined {
    if (!isKnownText(sourceId) || targetCollectionName === UNKNOWN) return undefined;
    const place = JSON.stringify([sourceId.toLowerCase(), targetCollectionName]);
    const twice: string[] = [];
    let first: Declared | undefined;
    for (const { objectKey, isSent } of objects) {
      if (!isKnownText(objectKey)) continue;
      const other = meets(this.#objects, `${place}${objectKey}`, { urn, isSent });
      if (!other) continue;
      first ??= other;
      twice.push(JSON.stringify(objectKey));
    }
    if (!first) return undefined;
    const keys = someOf(twice, SHOWN_KEYS);
    return (
      `${twice.length === 1 ? "Object key" : "Object keys"} ${keys} of source ${sourceId} would be synced twice into the same collection, by ${[first.urn, urn].map(nameOf).sort().join(" and by ")}: ` +
      "every search would find each chunk twice. Remove one of them, or set another targetCollectionName."
    );
  }
}

/** Keeps a sync, and returns the one of another resource that it meets if one of the two is sent. */
function meets(all: Map<string, Declared>, key: string, own: Declared): Declared | undefined {
  const other = all.get(key);
  if (!other || other.urn === own.urn) {
    all.set(key, own);
    return undefined;
  }
  return other.isSent || own.isSent ? other : undefined;
}

function isKnownText(value: unknown): value is string {
  return typeof value === "string" && value !== UNKNOWN;
}

function refText(ref: unknown): string | undefined {
  if (ref === undefined || ref === null) return "the default branch";
  const { sha, branch } = ref as { sha?: unknown; branch?: unknown };
  if (isKnownText(sha)) return `commit ${sha.toLowerCase()}`;
  return isKnownText(branch) ? `branch ${branch}` : undefined;
}

function nameOf(urn: string): string {
  return JSON.stringify(urn.split("::").at(-1));
}
