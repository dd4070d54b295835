import type * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "../inputs.js";
import { lookup, lookupOutput } from "./ask.js";
import type { InvocationDetails } from "./invocations.js";
import type { LookupOptions } from "./options.js";

/** Which objects are asked after. */
export interface LatestInvocationsArgs {
  /** Id of an S3 source. */
  sourceId: string;
  /** Full object keys; each is asked after once. */
  objectKeys: string[];
}

/**
 * The newest invocation of each object key (`POST …/invocations/latest-by-keys`); keys that were never
 * synced are absent.
 *
 * @example
 * ```ts
 * import { latestInvocations } from "pulumi-chroma-sync";
 *
 * const latest = latestInvocations({
 *   sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a",
 *   objectKeys: ["docs/a.md", "docs/b.md"],
 * });
 * export const statusOfA = latest.then((byKey) => byKey["docs/a.md"]?.status);
 * ```
 */
export function latestInvocations(
  args: LatestInvocationsArgs,
  options?: LookupOptions,
): Promise<Record<string, InvocationDetails>> {
  return lookup({ latestInvocations: args }, options, (lookups, client) =>
    lookups.latestInvocations(client, args),
  ) as Promise<Record<string, InvocationDetails>>;
}

/** {@link latestInvocations} with arguments that may be Outputs. */
export function latestInvocationsOutput(
  args: Inputs<LatestInvocationsArgs>,
  options?: LookupOptions,
): pulumi.Output<Record<string, InvocationDetails>> {
  return lookupOutput({ latestInvocations: args }, options, (lookups, client, known) =>
    lookups.latestInvocations(client, known.latestInvocations),
  ) as pulumi.Output<Record<string, InvocationDetails>>;
}
