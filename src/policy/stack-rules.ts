import { number, quoted, stackRule } from "./rule.js";
import { asMap, isPaged, kindOf, type SeenResource, type Sync, syncsInState } from "./syncs.js";
import { readable, withEach } from "./unjudged.js";
import { judgeWriters } from "./writers.js";

const USD_A_PAGE = 0.01;

export const oneSyncPerKey = stackRule({
  name: "one-sync-per-key",
  description: "No two resources sync one object into one collection.",
  reason: "each sync of an object adds its chunks again",
  level: "mandatory",
  total: false,
  begin() {
    const owners = new Map<string, string>();
    return {
      add(resource, notJudged) {
        const violations: string[] = [];
        const judge = (sync: Sync) => {
          const { objectKey } = sync;
          if (typeof objectKey !== "string") return;
          const { sourceId, targetCollectionName } = sync;
          const key = JSON.stringify([
            String(sourceId).toLowerCase(),
            targetCollectionName ?? null,
            objectKey,
          ]);
          const owner = owners.get(key);
          owners.set(key, resource.name);
          if (owner !== undefined)
            violations.push(
              `${owner} and ${resource.name} both sync object key ${quoted(objectKey)} of source ${quoted(sourceId)}: keep one`,
            );
        };
        withEach(syncsInState(resource, notJudged), judge, notJudged);
        return violations;
      },
      end: () => [],
    };
  },
});

export const oneRefPerCollection = stackRule({
  name: "one-ref-per-collection",
  description: "No two resources sync different refs into one collection.",
  reason: "the second fails with 409 once the first has finished, or the collection holds a mix of both",
  level: "mandatory",
  total: false,
  begin: () =>
    judgeWriters({
      concerns: ({ objectKey }) => objectKey === undefined,
      between: (one, other) => one.ref !== other.ref,
      sentence: (one, other) =>
        `${one.name} and ${other.name} sync different refs into ${quoted(one.collection)}: derive the name with collectionNameFor(prefix, ref)`,
    }),
});

export const oneWriterPerCollection = stackRule({
  name: "one-writer-per-collection",
  description: "A collection of a GitHub or web sync has no other writer in the stack.",
  reason: "when one of them is replaced, it writes into what the other has written",
  level: "advisory",
  total: false,
  begin: () =>
    judgeWriters({
      concerns: () => true,
      between: (one, other) => one.name !== other.name && (one.ref !== undefined || other.ref !== undefined),
      sentence: (one, other) =>
        `${one.name} and ${other.name} write to ${quoted(one.collection)}: give each a collection of its own`,
    }),
});

export const maxSyncsPerStack = stackRule({
  name: "max-syncs-per-stack",
  description: "A stack has no more syncs than expected.",
  reason: "each is billed, and a loop that runs away declares thousands",
  level: "mandatory",
  total: true,
  options: {
    max: {
      type: "integer",
      minimum: 0,
      default: 100_000,
      description: "Syncs at most, each object of a batch being one.",
    },
  },
  begin(config) {
    const most = number(config, "max", 100_000);
    let count = 0;
    const problem = (soFar: string) =>
      count > most
        ? [`the stack declares ${count} syncs${soFar}, ${most} are allowed: raise max if that is intended`]
        : [];
    return {
      add(resource, notJudged) {
        const own = syncsInState(resource, notJudged).length;
        count += own;
        return own > 0 ? problem(` up to ${resource.name}`) : [];
      },
      end: () => problem(""),
    };
  },
});

export const costEstimate = stackRule({
  name: "cost-estimate",
  description: "Tells what the stack's syncs may cost at least and at most, if its inputs say so.",
  reason: "a number before the run is worth more than a bill after it",
  level: "advisory",
  total: true,
  options: {
    aboveUsd: {
      type: "number",
      minimum: 0,
      default: 1,
      description: "Is silent up to this estimate, in USD.",
    },
  },
  begin(config) {
    let documents = 0;
    let pages = 0;
    const estimate = () => {
      const most = (documents * 7000 + pages) * USD_A_PAGE;
      if (most <= number(config, "aboveUsd", 1)) return [];
      const least = documents * USD_A_PAGE;
      return [
        `${documents} documents of 1 to 7,000 pages and ${pages} web pages at $${USD_A_PAGE} a page: $${least.toFixed(2)} to $${most.toFixed(2)} for one run of all syncs, storage and forks aside`,
      ];
    };
    return {
      add(resource, notJudged) {
        const before = documents + pages;
        const count = (sync: Sync) => {
          if (isPaged(sync)) documents++;
        };
        withEach(syncsInState(resource, notJudged), count, notJudged);
        if (kindOf(resource.type) === "source")
          pages += readable(() => pageLimitOf(resource), notJudged) ?? 0;
        return documents + pages > before ? estimate() : [];
      },
      end: estimate,
    };
  },
});

function pageLimitOf({ props }: SeenResource): number {
  const limit: unknown = asMap(props.webScrape).pageLimit;
  return typeof limit === "number" ? limit : 0;
}
