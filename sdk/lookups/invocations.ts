import type * as pulumi from "@pulumi/pulumi";
import type { Inputs } from "../inputs.js";
import type { InvocationStatus, MetadataValue } from "../invocation-args.js";
import { lookup, lookupOutput } from "./ask.js";
import type { LookupOptions } from "./options.js";

/** What the service says of an invocation. */
export interface InvocationDetails {
  /** Id of the invocation. */
  id: string;
  /** Id of its source. */
  sourceId?: string;
  /** Its state now. */
  status: InvocationStatus;
  /** When the service accepted it (ISO 8601). */
  createdAt: string;
  /** When it was complete (ISO 8601). */
  finishedAt?: string;
  /** How long it took, in milliseconds. */
  durationMs?: number;
  /** Why it failed, in the service's words. */
  error?: string;
  /** The collection that it writes to. */
  collectionName?: string;
  /** The commit or branch that was asked for, of a GitHub source. */
  refIdentifier?: {
    /** Id of the commit that was asked for. */
    sha?: string;
    /** Branch that was asked for. */
    branch?: string;
  };
  /** The object, of an S3 source. */
  objectKey?: string;
  /** Prefix of chunk ids that was asked for. */
  customId?: string;
  /** Metadata that was added to every chunk. */
  metadata?: Record<string, MetadataValue>;
}

/** Which invocation is looked up. */
export interface GetInvocationArgs {
  /** Id of the invocation. */
  id: string;
}

/**
 * One invocation (`GET /api/v1/invocations/{invocation_id}`).
 *
 * @throws Error if the service does not know it.
 *
 * @example
 * ```ts
 * import { getInvocation } from "pulumi-chroma-sync";
 *
 * export const status = getInvocation({ id: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6b" }).then((one) => one.status);
 * ```
 */
export function getInvocation(args: GetInvocationArgs, options?: LookupOptions): Promise<InvocationDetails> {
  return lookup({ getInvocation: args }, options, (lookups, client) =>
    lookups.getInvocation(client, args),
  ) as Promise<InvocationDetails>;
}

/** {@link getInvocation} with arguments that may be Outputs. */
export function getInvocationOutput(
  args: Inputs<GetInvocationArgs>,
  options?: LookupOptions,
): pulumi.Output<InvocationDetails> {
  return lookupOutput({ getInvocation: args }, options, (lookups, client, known) =>
    lookups.getInvocation(client, known.getInvocation),
  ) as pulumi.Output<InvocationDetails>;
}

/** Which invocations are listed. */
export interface ListInvocationsArgs {
  /** Those of one source. */
  sourceId?: string;
  /** Those of one database; not together with `sourceId`. */
  databaseName?: string;
  /** Those in one state. Default: in any. */
  status?: InvocationStatus;
  /** How many at most. Default 100. */
  limit?: number;
}

/**
 * Invocations, newest first (`GET /api/v1/invocations`).
 *
 * @example
 * ```ts
 * import { listInvocations } from "pulumi-chroma-sync";
 *
 * export const failed = listInvocations({ databaseName: "production", status: "failed", limit: 10 });
 * ```
 */
export function listInvocations(
  args: ListInvocationsArgs = {},
  options?: LookupOptions,
): Promise<InvocationDetails[]> {
  return lookup({ listInvocations: args }, options, (lookups, client) =>
    lookups.listInvocations(client, args),
  ) as Promise<InvocationDetails[]>;
}

/** {@link listInvocations} with arguments that may be Outputs. */
export function listInvocationsOutput(
  args: Inputs<ListInvocationsArgs> = {},
  options?: LookupOptions,
): pulumi.Output<InvocationDetails[]> {
  return lookupOutput({ listInvocations: args }, options, (lookups, client, known) =>
    lookups.listInvocations(client, known.listInvocations),
  ) as pulumi.Output<InvocationDetails[]>;
}
