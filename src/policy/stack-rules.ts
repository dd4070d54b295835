import { SOURCE_TYPES } from "../model/resource-types.js";
import { number, type StackRule, told } from "./rule.js";
import { isPaged, type SeenResource, type Sync, syncsOf } from "./syncs.js";

const USD_A_PAGE = 0.01;

const allSyncs = (resources: SeenResource[]): { name: string; sync: Sync }[] =>
  resources.flatMap((resource) => syncsOf(resource).map((sync) => ({ name: resource.name, sync })));

export const oneSyncAKey: StackRule = {
  name: "one-sync-a-key",
  description: "No two resources sync one object into one collection.",
  reason: "each sync of an object adds its chunks again",
  level: "mandatory",
  checkStack(resources) {
    const owners = new Map<string, string>();
    return allSyncs(resources).flatMap(({ name, sync: { sourceId, targetCollectionName, objectKey } }) => {
      if (typeof objectKey !== "string") return [];
      const key = JSON.stringify([String(sourceId).toLowerCase(), targetCollectionName ?? null, objectKey]);
      const owner = owners.get(key);
      owners.set(key, name);
      return owner === undefined
        ? []
        : [
            `${owner} and ${name} both sync object key ${told(objectKey)} of source ${told(sourceId)}: keep one`,
          ];
    });
  },
};

export const oneRefACollection: StackRule = {
  name: "one-ref-a-collection",
  description: "No two resources sync different refs into one collection.",
  reason: "the second is answered with 409 once the first has finished, or the collection holds a mix",
  level: "mandatory",
  checkStack(resources) {
    const refs = new Map<string, { name: string; ref: string }>();
    return allSyncs(resources).flatMap(
      ({ name, sync: { targetCollectionName, refIdentifier, objectKey } }) => {
        if (typeof targetCollectionName !== "string" || objectKey !== undefined) return [];
        const ref = JSON.stringify(refIdentifier ?? null);
        const other = refs.get(targetCollectionName);
        refs.set(targetCollectionName, { name, ref });
        return other === undefined || other.ref === ref
          ? []
          : [
              `${other.name} and ${name} sync different refs into ${told(targetCollectionName)}: derive the name with collectionNameFor(prefix, ref)`,
            ];
      },
    );
  },
};

export const oneWriterACollection: StackRule = {
  name: "one-writer-a-collection",
  description: "A collection of a GitHub or web sync has no other writer in the stack.",
  reason: "when one of them is replaced, it writes into what the other has written",
  level: "advisory",
  checkStack(resources) {
    const writers = new Map<string, { names: string[]; whole: boolean }>();
    for (const { name, sync } of allSyncs(resources)) {
      if (typeof sync.targetCollectionName !== "string") continue;
      const writer = writers.get(sync.targetCollectionName) ?? { names: [], whole: false };
      if (!writer.names.includes(name)) writer.names.push(name);
      writer.whole ||= sync.objectKey === undefined;
      writers.set(sync.targetCollectionName, writer);
    }
    return [...writers]
      .filter(([, { names, whole }]) => whole && names.length > 1)
      .map(
        ([collection, { names }]) =>
          `${names.join(" and ")} write to ${told(collection)}: give each a collection of its own`,
      );
  },
};

export const syncsAStack: StackRule = {
  name: "syncs-a-stack",
  description: "A stack has not more syncs than are expected.",
  reason: "each is billed, and a loop that runs away declares thousands",
  level: "mandatory",
  options: {
    max: {
      type: "integer",
      minimum: 0,
      default: 100_000,
      description: "Syncs at most, each object of a batch being one.",
    },
  },
  checkStack(resources, config) {
    const most = number(config, "max", 100_000);
    const count = allSyncs(resources).length;
    return count > most
      ? [`the stack declares ${count} syncs, ${most} are allowed: raise max if that is meant`]
      : [];
  },
};

export const costEstimate: StackRule = {
  name: "cost-estimate",
  description: "Says what the stack's syncs may cost at least and at most, where its inputs tell.",
  reason: "a number before the run is worth more than a bill after it",
  level: "advisory",
  options: {
    aboveUsd: {
      type: "number",
      minimum: 0,
      default: 1,
      description: "Is silent up to this estimate, in USD.",
    },
  },
  checkStack(resources, config) {
    const documents = allSyncs(resources).filter(({ sync }) => isPaged(sync)).length;
    const pages = resources
      .filter(({ type }) => SOURCE_TYPES.includes(type))
      .map(({ props }) => Number(props.webScrape?.pageLimit ?? 0))
      .reduce((sum, limit) => sum + limit, 0);
    const most = (documents * 7000 + pages) * USD_A_PAGE;
    if (most <= number(config, "aboveUsd", 1)) return [];
    const least = documents * USD_A_PAGE;
    return [
      `${documents} documents of 1 to 7,000 pages and ${pages} web pages at $${USD_A_PAGE} a page: $${least.toFixed(2)} to $${most.toFixed(2)} for one run of all syncs, storage and forks aside`,
    ];
  },
};
