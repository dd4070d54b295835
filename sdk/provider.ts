import * as pulumi from "@pulumi/pulumi";

/** Which account, and which address of the service; what is left out is as without a provider. */
export interface ChromaSyncProviderArgs {
  /** The Chroma Cloud API key; kept as a secret whatever the caller passes. Default: `chroma-sync:apiKey`, else CHROMA_API_KEY. */
  apiKey?: pulumi.Input<string | undefined>;
  /** Base URL of the service, https except for loopback. Default: `chroma-sync:endpoint`, else CHROMA_SYNC_ENDPOINT, else https://sync.trychroma.com. */
  endpoint?: pulumi.Input<string | undefined>;
}

/**
 * A second key or endpoint in one stack. Without it, resources use `chroma-sync:apiKey` and
 * `chroma-sync:endpoint` of the stack, or CHROMA_API_KEY and CHROMA_SYNC_ENDPOINT.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ChromaSyncInvocation, ChromaSyncProvider } from "pulumi-chroma-sync";
 *
 * const tenant = new ChromaSyncProvider("tenant", { apiKey: new pulumi.Config().requireSecret("tenantKey") });
 * new ChromaSyncInvocation(
 *   "docs",
 *   { sourceId: "0192f0c1-5d3e-7b7a-9c53-1f2e3d4c5b6a", objectKey: "docs/a.md" },
 *   { provider: tenant },
 * );
 * ```
 */
export class ChromaSyncProvider extends pulumi.ProviderResource {
  constructor(name: string, args: ChromaSyncProviderArgs = {}, options?: pulumi.ResourceOptions) {
    // The engine hands the stack's configuration to the default provider alone.
    const config = new pulumi.Config("chroma-sync");
    const connection = {
      apiKey: args.apiKey === undefined ? config.getSecret("apiKey") : pulumi.secret(args.apiKey),
      endpoint: args.endpoint ?? config.get("endpoint"),
    };
    super(
      "pulumi-nodejs",
      name,
      {
        "chroma-sync:apiKey": connection.apiKey,
        "chroma-sync:endpoint": connection.endpoint,
        "chroma-sync:journal": config.get("journal"),
      },
      options,
    );
    connections.set(this, connection);
  }
}

const connections = new WeakMap<pulumi.ProviderResource, ChromaSyncProviderArgs>();

/** What a provider connects to; undefined for one that is not a {@link ChromaSyncProvider}. */
export function connectionOf(provider: pulumi.ProviderResource): ChromaSyncProviderArgs | undefined {
  return connections.get(provider);
}
