import * as pulumi from "@pulumi/pulumi";
import { carriedUrn, PREVIEW_MARK } from "../../src/model/carried-urn.js";
import { urnDigest } from "../../src/model/urn-digest.js";

/**
 * The URN of a resource that is about to be declared: its provider has no other way to know which it is. A bare
 * promise, since an Output would make the resource depend on its parent, and so on all its siblings, those
 * that depend on it included.
 */
export function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  return resolved(pulumi.createUrn(name, type, parent));
}

/**
 * What the provider is told of a resource's URN: the URN, then digests of those by which the engine may know
 * the resource from before, through aliases; at a preview that it is one. The check takes that away again.
 */
export async function declaredUrn(
  name: string,
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
): Promise<string> {
  const [urn, former] = await Promise.all([
    urnOf(name, type, options?.parent),
    formerUrns(name, type, options),
  ]);
  const carried = [carriedUrn(urn, type), ...former.map(urnDigest)].join(" ");
  return pulumi.runtime.isDryRun() ? carried + PREVIEW_MARK : carried;
}

/** The URNs of a resource's aliases, and those that it has through its parents. */
function formerUrns(
  name: string,
  type: string,
  options: pulumi.CustomResourceOptions | undefined,
): Promise<string[]> {
  const { parent, aliases = [] } = options ?? {};
  const own = aliases.map((alias) => aliasUrn(alias, name, type, parent));
  return Promise.all([...own, ...inherited(own, name, type, parent)].map(resolved));
}

function aliasUrn(
  alias: pulumi.Input<string | pulumi.Alias>,
  name: string,
  type: string,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string> {
  return pulumi.output(alias as pulumi.Input<string>).apply((one: string | pulumi.Alias) => {
    if (typeof one === "string") return pulumi.output(one);
    const under = "parent" in one ? one.parent : parent;
    return pulumi.createUrn(
      one.name ?? name,
      one.type ?? type,
      under,
      one.project as string,
      one.stack as string,
    );
  });
}

/** What the aliases of a parent make of a child: the SDK computes it, though not for all to see. */
function inherited(
  own: pulumi.Output<string>[],
  name: string,
  type: string,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string>[] {
  const { __aliases: aliases = [], __name: parentName } = (parent ?? {}) as {
    __aliases?: unknown[];
    __name?: string;
  };
  if (aliases.length === 0) return [];
  const { allAliases } = require("@pulumi/pulumi/resource") as {
    allAliases?(...of: unknown[]): pulumi.Output<string>[];
  };
  return allAliases?.(own, name, type, parent, parentName) ?? [];
}

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve as (value: unknown) => void);
  });
}
