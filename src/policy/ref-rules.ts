import { collectionNameProblem } from "../model/collection-name.js";
import { isCommitId } from "../model/commit-id.js";
import { each, LIST } from "./each-sync.js";
import { fits, quoted, type ResourceRule, texts } from "./rule.js";
import { asMap } from "./syncs.js";

export const pinnedRef: ResourceRule = {
  name: "pinned-ref",
  about: "sync",
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
    if (typeof sha === "string" && isCommitId(sha)) return undefined;
    if (typeof branch === "string" && fits(branch, texts(config, "allowedBranches"))) return undefined;
    return `refIdentifier ${quoted(sha ?? branch)} is not a full commit id: pin it with gitCommit() or resolveBranch(), or allow the branch in allowedBranches`;
  }),
};

export const collectionOfRef: ResourceRule = {
  name: "collection-of-ref",
  about: "sync",
  description: "The collection of a GitHub sync is named after its ref.",
  reason: "a collection that has finished a sync accepts no other ref: the service returns 409",
  level: "advisory",
  check: each(({ refIdentifier, targetCollectionName }) => {
    const { sha, branch } = asMap(refIdentifier);
    const ref = sha ?? branch;
    if (typeof ref !== "string" || typeof targetCollectionName !== "string") return undefined;
    const part = typeof sha === "string" ? sha.slice(0, 7) : ref.replace(/[^A-Za-z0-9]+/g, "-");
    if (part !== "" && targetCollectionName.toLowerCase().includes(part.toLowerCase())) return undefined;
    return `targetCollectionName ${quoted(targetCollectionName)} does not hold ${quoted(part)}: derive it with collectionNameFor(prefix, ref)`;
  }),
};

export const collectionName: ResourceRule = {
  name: "collection-name",
  about: "sync",
  description: "Names of collections are valid in Chroma Cloud.",
  reason: "the service refuses others",
  level: "mandatory",
  check: each(({ targetCollectionName: name }) => {
    const problem = typeof name === "string" ? collectionNameProblem(name) : undefined;
    return problem && `targetCollectionName ${quoted(name)} ${problem}`;
  }),
};
