import * as pulumi from "@pulumi/pulumi";
import { declaration } from "../dynamic/declaration.js";

/** Where the collections of a {@link ChromaSyncedRepository} are deleted. */
export interface DeleteSuperseded {
  /** Base URL of the Chroma API, https except for loopback. Default https://api.trychroma.com. */
  endpoint?: pulumi.Input<string>;
  /** Chroma Cloud tenant. Default: that of the API key. */
  tenant?: pulumi.Input<string>;
}

interface SyncedCollectionArgs extends DeleteSuperseded {
  collectionName: pulumi.Input<string>;
  /** Of the two one: the database, or a source that names it. */
  databaseName?: pulumi.Input<string>;
  sourceId?: pulumi.Input<string>;
}

/**
 * The collection that is in use. The engine deletes what was replaced after everything that is created or
 * updated, so the previous one is deleted once all that read it has switched over.
 */
export class SyncedCollection extends pulumi.CustomResource {
  constructor(name: string, args: SyncedCollectionArgs, options: pulumi.CustomResourceOptions) {
    super(...declaration("collection", name, args, options));
  }
}
