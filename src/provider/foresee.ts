import type { Context } from "./context.js";
import type { Properties, Resource } from "./resource.js";

/** The preview of a create or an update: says what can be known before it, and returns the state that it will leave. */
export async function foresee(
  resource: Resource,
  context: Context,
  urn: string,
  inputs: Properties,
  olds?: Properties,
): Promise<Properties> {
  await resource.preview?.(context, urn, inputs, olds);
  return resource.planned(inputs, olds);
}
