import { PLUGIN_TYPES, type PluginKind } from "../model/resource-types.js";
import type { Client } from "../provider/service/client.js";
import { listInvocations } from "./invocations.js";
import { listSources } from "./sources.js";

/** Something that can be imported: its id, and what it would be called. */
export interface Importable {
  id: string;
  name: string;
}

/** What the service knows of a kind, in the order in which it lists it. Throws for what it has no list of. */
export async function importable(
  client: Client,
  kind: PluginKind | undefined,
  query: object,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<Importable[]> {
  if (kind === "source") {
    const sources = await listSources(client, query);
    return sources.slice(0, limit).map(({ id, github, s3, webScrape }) => ({
      id,
      name: github?.repository ?? s3?.bucketName ?? webScrape?.startingUrl ?? "",
    }));
  }
  if (kind !== "invocation")
    throw new Error(
      `The service has no list of ${kind ? PLUGIN_TYPES[kind] : "this type"}: only sources and invocations can be listed.`,
    );
  const invocations = await listInvocations(client, { ...query, limit });
  return invocations.map(({ id, collectionName = "" }) => ({ id, name: collectionName }));
}
