import { each, LIST } from "./each-sync.js";
import { fits, number, quoted, type ResourceRule, texts } from "./rule.js";
import { asMap, isPaged } from "./syncs.js";

export const allowedTargets: ResourceRule = {
  name: "allowed-targets",
  about: "sync",
  description: "Syncs use the sources, and write to the collections, that are allowed.",
  reason: "a sync into another team's collection mixes data that cannot be separated again",
  level: "mandatory",
  options: {
    sources: { ...LIST, description: "Ids of sources that may be synced; empty for all." },
    collections: {
      ...LIST,
      description: "Collections that may be written to; `*` stands for anything; empty for all.",
    },
  },
  idle: (config) =>
    texts(config, "sources").length + texts(config, "collections").length === 0
      ? "neither sources nor collections are set"
      : undefined,
  check: (resource, config, notJudged) => [
    ...allowedCollections(resource, config, notJudged),
    ...allowedSources(resource, config, notJudged),
  ],
};

const allowedCollections = each(({ targetCollectionName }, config) => {
  const collections = texts(config, "collections");
  return collections.length === 0 ||
    typeof targetCollectionName !== "string" ||
    fits(targetCollectionName, collections)
    ? undefined
    : `collection ${quoted(targetCollectionName)} is not allowed: use a name that fits collections, or add a pattern there`;
});

const allowedSources = each((sync, config) => {
  const sources = texts(config, "sources").map((id) => id.toLowerCase());
  // The source is asked for only if it counts: at a first preview it may not be known.
  if (sources.length === 0) return undefined;
  const { sourceId } = sync;
  return typeof sourceId !== "string" || sources.includes(sourceId.toLowerCase())
    ? undefined
    : `source ${quoted(sourceId)} is not allowed: use one of those in sources, or add it there`;
});

export const objectKeyPrefix: ResourceRule = {
  name: "object-key-prefix",
  about: "sync",
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
  check: each((sync, config) => {
    const { objectKey } = sync;
    if (typeof objectKey !== "string") return undefined;
    // What a later hand may decode is judged decoded, as often as it can be.
    const plain = decoded(objectKey);
    if (plain.split(/[/\\]/).includes(".."))
      return `object key ${quoted(objectKey)} leads out of its folder: name the object itself`;
    const { "*": others, ...bySource } = asMap(config.prefixes);
    // The source is asked for only if it counts: at a first preview it may not be known.
    const source = Object.keys(bySource).length > 0 ? String(sync.sourceId) : undefined;
    const own = Object.entries(bySource).find(([id]) => id.toLowerCase() === source?.toLowerCase())?.[1];
    const allowed = own ?? others;
    if (
      !Array.isArray(allowed) ||
      allowed.some((prefix) => objectKey.startsWith(prefix) && plain.startsWith(prefix))
    )
      return undefined;
    return `object key ${quoted(objectKey)} is not under a prefix that is allowed for ${source ? `source ${quoted(source)}` : "its source"}: use the source of its tenant`;
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
  about: "sync",
  description: "Documents that are priced by the page need a budget that was acknowledged.",
  reason: "a page costs $0.01, and one document may have 7,000",
  level: "mandatory",
  options: {
    acknowledgedUsd: { type: "number", minimum: 0, description: "What all pages may cost at most, in USD." },
  },
  check: each(({ objectKey }, config) =>
    isPaged({ objectKey }) && number(config, "acknowledgedUsd", 0) <= 0
      ? `object key ${quoted(objectKey)} is priced by the page: set acknowledgedUsd to what it may cost`
      : undefined,
  ),
};
