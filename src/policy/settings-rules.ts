import type { ResourceRule } from "./rule.js";
import { kindOf } from "./syncs.js";

export const waitInCi: ResourceRule = {
  name: "wait-in-ci",
  about: "sync",
  description: "An update waits until its syncs are complete.",
  reason: "a pipeline that does not wait is green while the sync fails",
  level: "advisory",
  check: (resource) =>
    kindOf(resource.type) === "sync" && !resource.props.waitForCompletion
      ? ["waitForCompletion is off: set it to true"]
      : [],
  remedy: (resource) =>
    kindOf(resource.type) === "sync" && !resource.props.waitForCompletion
      ? { ...resource.props, waitForCompletion: true }
      : undefined,
};

export const cancelOnDelete: ResourceRule = {
  name: "cancel-on-delete",
  about: "sync",
  description: "Deleting a resource cancels a sync that is still pending.",
  reason: "a sync that was removed from the program still costs money",
  level: "advisory",
  check: (resource) =>
    kindOf(resource.type) === "sync" && resource.props.cancelOnDelete === false
      ? ["cancelOnDelete is off: remove it"]
      : [],
  remedy: (resource) =>
    kindOf(resource.type) === "sync" && resource.props.cancelOnDelete === false
      ? { ...resource.props, cancelOnDelete: true }
      : undefined,
};
