import { InitFailureError } from "./init-failure.js";
import type { Properties, Resource } from "./resource.js";

/**
 * The resource with outputs that follow from its state, for a host whose programs have no class of this
 * package that would compute them.
 */
export function withDerived(resource: Resource, derived: (state: Properties) => Properties): Resource {
  const all = (state: Properties) => ({ ...state, ...derived(state) });
  const failed = (error: unknown) => {
    if (error instanceof InitFailureError) Object.assign(error.properties, derived(error.properties));
    throw error;
  };
  return {
    ...resource,
    create: (...args) => resource.create(...args).then(all, failed),
    update: (...args) => resource.update(...args).then(all, failed),
    read: async (...args) => {
      const state = await resource.read(...args);
      return state && all(state);
    },
    planned: (...args) => all(resource.planned(...args)),
  };
}
