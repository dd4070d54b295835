import * as pulumi from "@pulumi/pulumi";
import { urnDigest } from "../../src/model/urn-digest.js";

/**
 * The URN of a resource that is about to be declared: its provider is told no other way which it is. A bare
 * promise, since an Output would make the resource depend on its parent, and so on all its siblings, those
 * that depend on it included.
 */
export function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  return resolved(pulumi.createUrn(name, type, parent));
}

/**
 * What the provider is told of a resource's URN: the URN, or a digest of it if the provider shows nothing on
 * the resource's row, since state holds it twice. After it, digests of the URNs by which the engine may know
 * the resource from before, through aliases.
 */
export async function declaredUrn(
  name: string,
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
  isWhole: pulumi.Input<unknown> = true,
): Promise<string> {
  const [urn, whole, former] = await Promise.all([
    urnOf(name, type, options?.parent),
    isTrueOrUnknown(isWhole),
    formerUrns(name, type, options),
  ]);
  return [whole ? urn : urnDigest(urn), ...former.map(urnDigest)].join(" ");
}

/** A value that is not known at preview is known when it counts. */
async function isTrueOrUnknown(value: pulumi.Input<unknown>): Promise<boolean> {
  const output = pulumi.output(value) as unknown as {
    isKnown: Promise<boolean>;
    promise(): Promise<unknown>;
  };
  return !(await output.isKnown) || Boolean(await output.promise());
}

interface Internals {
  allAliases?(
    aliases: unknown[],
    name: string,
    type: string,
    parent: pulumi.Resource | undefined,
    parentName: string | undefined,
  ): pulumi.Output<string>[];
}

/** The URNs of a resource's aliases and of those that it has through its parents. */
function formerUrns(
  name: string,
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
): Promise<string[]> {
  const { parent, aliases = [] } = options ?? {};
  const { __aliases: inherited = [], __name: parentName } = (parent ?? {}) as {
    __aliases?: unknown[];
    __name?: string;
  };
  if (aliases.length + inherited.length === 0) return Promise.resolve([]);
  const { allAliases } = require("@pulumi/pulumi/resource") as Internals;
  return Promise.all((allAliases?.(aliases, name, type, parent, parentName) ?? []).map(resolved));
}

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve as (value: unknown) => void);
  });
}
