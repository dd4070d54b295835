// Two teams, two keys, one stack. Lookups take the provider too, and so see what its key sees.
import * as pulumi from "@pulumi/pulumi";
import { ChromaSyncInvocation, ChromaSyncProvider, getSourceOutput } from "pulumi-chroma-sync";

const config = new pulumi.Config();

function sync(tenant: string): pulumi.Output<string> {
  const provider = new ChromaSyncProvider(tenant, { apiKey: config.requireSecret(`${tenant}Key`) });
  const handbook = getSourceOutput({ repository: `${tenant}/handbook` }, { provider });
  const run = new ChromaSyncInvocation(
    tenant,
    {
      sourceId: handbook.id,
      refIdentifier: { branch: "main" },
      targetCollectionName: `${tenant}-handbook`,
    },
    { provider },
  );
  return run.invocationId;
}

export const acme = sync("acme");
export const globex = sync("globex");
