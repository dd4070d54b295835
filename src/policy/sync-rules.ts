import { collectionNameProblem } from "../model/collection-name.js";
import { fits, number, type ResourceRule, texts, told } from "./rule.js";
import { asMap, isPaged, isSync, type Sync, syncsOf } from "./syncs.js";

const LIST = { type: "array", items: { type: "string" } } as const;

const each =
  (check: (sync: Sync, config: Record<string, unknown>) => string | undefined): ResourceRule["check"] =>
  (resource, config) => [...new Set(syncsOf(resource).flatMap((sync) => check(sync, config) ?? []))];

export const pinnedRef: ResourceRule = {
  name: "pinned-ref",
  description: "A GitHub sync names a full commit id, or a branch that is allowed.",
  reason: "a branch moves, and the service does not say which commit it synced",
  level: "advisory",
  options: {
    allowedBranches: {
      ...LIST,
      description: "Branches that may be synced by name; `*` stands for anything.",
    },
  },
  check: each(({ refIdentifier, objectKey, targetCollectionName }, config) => {
    const { sha, branch } = asMap(refIdentifier);
    if (objectKey || !targetCollectionName || refIdentifier === undefined) return undefined;
    if (typeof sha === "string" && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(sha)) return undefined;
    if (typeof branch === "string" && fits(branch, texts(config, "allowedBranches"))) return undefined;
    return `refIdentifier ${told(sha ?? branch)} is not a full commit id: pin it with gitCommit() or resolveBranch(), or allow the branch in allowedBranches`;
  }),
};

export const collectionOfRef: ResourceRule = {
  name: "collection-of-ref",
  description: "The collection of a GitHub sync is named after its ref.",
  reason: "a collection that has finished a sync takes no other ref: the service answers 409",
  level: "advisory",
  check: each(({ refIdentifier, targetCollectionName }) => {
    const { sha, branch } = asMap(refIdentifier);
    const ref = sha ?? branch;
    if (typeof ref !== "string" || typeof targetCollectionName !== "string") return undefined;
    const part = typeof sha === "string" ? sha.slice(0, 7) : ref.replace(/[^A-Za-z0-9]+/g, "-");
    if (part !== "" && targetCollectionName.toLowerCase().includes(part.toLowerCase())) return undefined;
    return `targetCollectionName ${told(targetCollectionName)} does not hold ${told(part)}: derive it with collectionNameFor(prefix, ref)`;
  }),
};

export const collectionName: ResourceRule = {
  name: "collection-name",
  description: "Names of collections are valid in Chroma Cloud.",
  reason: "the service refuses others",
  level: "mandatory",
  check: each(({ targetCollectionName: name }) => {
    const problem = typeof name === "string" ? collectionNameProblem(name) : undefined;
    return problem && `targetCollectionName ${told(name)} ${problem}`;
  }),
};

export const customIdLength: ResourceRule = {
  name: "custom-id-length",
  description: "A custom id has at most 120 bytes.",
  reason: "an id of a record has 128, and the number of the chunk needs the rest",
  level: "mandatory",
  check: each(({ customId, objectKey }) =>
    typeof customId === "string" && Buffer.byteLength(customId) > 120
      ? `customId of object key ${told(objectKey)} is longer than 120 bytes: shorten it`
      : undefined,
  ),
};

export const metadataLimits: ResourceRule = {
  name: "metadata-limits",
  description: "Metadata fits the quotas, has the keys that are demanded and none that are forbidden.",
  reason: "what does not fit fails the sync or is lost, and every chunk carries it",
  level: "mandatory",
  options: {
    requiredKeys: { ...LIST, description: "Keys that every sync of an object must have." },
    forbiddenKeys: { ...LIST, description: "Keys that none may have; `*` stands for anything." },
    maxKeys: { type: "integer", minimum: 1, default: 20, description: "Keys at most." },
  },
  check: (resource, config) => [
    ...new Set(
      syncsOf(resource).flatMap((sync) =>
        sync.objectKey === undefined ? [] : metadataProblems(sync, config),
      ),
    ),
  ],
};

function metadataProblems({ metadata, objectKey }: Sync, config: Record<string, unknown>): string[] {
  const entries = Object.entries(asMap(metadata)).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const keys = entries.map(([key]) => key);
  const of = `metadata of object key ${told(objectKey)}`;
  const most = number(config, "maxKeys", 20);
  const problems: string[] = [];
  const missing = texts(config, "requiredKeys").filter((key) => !keys.includes(key));
  if (missing.length > 0)
    problems.push(`${of} lacks ${missing.join(", ")}: add ${missing.length > 1 ? "them" : "it"}`);
  if (keys.some((key) => fits(key, texts(config, "forbiddenKeys"))))
    problems.push(`${of} has a key that is forbidden: remove it`);
  if (keys.length > most) problems.push(`${of} has ${keys.length} keys, ${most} are allowed: drop some`);
  if (keys.some((key) => Buffer.byteLength(key) > 36))
    problems.push(`${of} has a key of more than 36 bytes: shorten it`);
  for (const [, value] of entries) {
    const items = Array.isArray(value) ? value : [value];
    const scalars = items.every((item) => ["string", "number", "boolean"].includes(typeof item));
    if (!scalars || new Set(items.map((item) => typeof item)).size !== 1)
      problems.push(`${of} has a value that is neither a scalar nor a list of one type: flatten it`);
    if (items.some((item) => typeof item === "string" && Buffer.byteLength(item) > 8182))
      problems.push(`${of} has a value of more than 8,182 bytes: shorten it`);
  }
  return problems;
}

export const noCredentials: ResourceRule = {
  name: "no-credentials",
  description: "No value of metadata looks like a credential.",
  reason: "metadata is stored with every chunk, where whoever may search can read it",
  level: "mandatory",
  check: each(({ metadata, objectKey }) => {
    const values = Object.values(asMap(metadata)).flat();
    return values.some((value) => typeof value === "string" && CREDENTIAL.test(value))
      ? `metadata of object key ${told(objectKey)} has a value that looks like a credential: remove it, and revoke it if it was one`
      : undefined;
  }),
};

const CREDENTIAL =
  /\b(A[KS]IA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|ck-[A-Za-z0-9]{20,}|sk-[A-Za-z0-9_-]{20,}|xox[abprs]-[\w-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

export const allowedTargets: ResourceRule = {
  name: "allowed-targets",
  description: "Syncs use the sources, and write to the collections, that are allowed.",
  reason: "a sync into another team's collection mixes data that nobody can take apart",
  level: "mandatory",
  options: {
    sources: { ...LIST, description: "Ids of sources that may be synced; empty for all." },
    collections: {
      ...LIST,
      description: "Collections that may be written to; `*` stands for anything; empty for all.",
    },
  },
  check: each(({ sourceId, targetCollectionName }, config) => {
    const sources = texts(config, "sources").map((id) => id.toLowerCase());
    const collections = texts(config, "collections");
    if (sources.length > 0 && typeof sourceId === "string" && !sources.includes(sourceId.toLowerCase()))
      return `source ${told(sourceId)} is not allowed: use one of those in sources, or add it there`;
    if (
      collections.length > 0 &&
      typeof targetCollectionName === "string" &&
      !fits(targetCollectionName, collections)
    )
      return `collection ${told(targetCollectionName)} is not allowed: use a name that fits collections, or add a pattern there`;
    return undefined;
  }),
};

export const objectKeyPrefix: ResourceRule = {
  name: "object-key-prefix",
  description: "Object keys are under the prefixes that are allowed for their source.",
  reason: "prefixes keep tenants apart",
  level: "mandatory",
  options: {
    prefixes: {
      type: "object",
      additionalProperties: LIST,
      description: "Allowed prefixes by source id; `*` is for sources that are not named.",
    },
  },
  check: each(({ sourceId, objectKey }, config) => {
    if (typeof objectKey !== "string") return undefined;
    const prefixes = asMap(config.prefixes);
    const allowed = prefixes[String(sourceId).toLowerCase()] ?? prefixes[String(sourceId)] ?? prefixes["*"];
    // What a later hand may decode is judged decoded, as often as it can be.
    const plain = decoded(objectKey);
    if (plain.split(/[/\\]/).includes(".."))
      return `object key ${told(objectKey)} leads out of its folder: name the object itself`;
    if (
      !Array.isArray(allowed) ||
      allowed.some((prefix) => objectKey.startsWith(prefix) && plain.startsWith(prefix))
    )
      return undefined;
    return `object key ${told(objectKey)} is not under a prefix that is allowed for source ${told(sourceId)}: use the source of its tenant`;
  }),
};

function decoded(key: string): string {
  let text = key;
  for (let round = 0; round < 5; round++) {
    try {
      const next = decodeURIComponent(text);
      if (next === text) break;
      text = next;
    } catch {
      break;
    }
  }
  return text;
}

export const documentBudget: ResourceRule = {
  name: "document-budget",
  description: "Documents that are priced by the page need a budget that was acknowledged.",
  reason: "a page costs $0.01, and one document may have 7,000",
  level: "mandatory",
  options: {
    acknowledgedUsd: { type: "number", minimum: 0, description: "What all pages may cost at most, in USD." },
  },
  check: each(({ objectKey }, config) =>
    isPaged({ objectKey }) && number(config, "acknowledgedUsd", 0) <= 0
      ? `object key ${told(objectKey)} is priced by the page: set acknowledgedUsd to what it may cost`
      : undefined,
  ),
};

export const waitInCi: ResourceRule = {
  name: "wait-in-ci",
  description: "An up waits until its syncs are complete.",
  reason: "a pipeline that does not wait is green while the sync fails",
  level: "advisory",
  check: (resource) =>
    isSync(resource) && !resource.props.waitForCompletion ? ["waitForCompletion is off: set it to true"] : [],
  remedy: (resource) =>
    isSync(resource) && !resource.props.waitForCompletion
      ? { ...resource.props, waitForCompletion: true }
      : undefined,
};

export const cancelOnDelete: ResourceRule = {
  name: "cancel-on-delete",
  description: "Deleting a resource cancels a sync that is still pending.",
  reason: "a sync that nobody declares any more still costs money",
  level: "advisory",
  check: (resource) =>
    isSync(resource) && resource.props.cancelOnDelete === false ? ["cancelOnDelete is off: remove it"] : [],
  remedy: (resource) =>
    isSync(resource) && resource.props.cancelOnDelete === false
      ? { ...resource.props, cancelOnDelete: true }
      : undefined,
};
