import type * as pulumi from "@pulumi/pulumi";

/** Whose account a lookup uses. */
export interface LookupOptions {
  /** A ChromaSyncProvider. Default: that of `parent`, else the configuration of the stack. */
  provider?: pulumi.ProviderResource;
  /** A resource whose provider is used, as for its children. */
  parent?: pulumi.Resource;
}
