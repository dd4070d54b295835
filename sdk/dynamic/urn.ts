import * as pulumi from "@pulumi/pulumi";

/**
 * The URN of a resource that is about to be declared: its provider is told no other way which it is. A bare
 * promise, since an Output would make the resource depend on its parent, and so on all its siblings, those
 * that depend on it included.
 */
export function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
