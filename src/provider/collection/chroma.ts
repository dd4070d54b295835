/** Where Chroma Cloud answers. */
const DEFAULT_ENDPOINT = "https://api.trychroma.com";
const LONGEST_MS = 30_000;

/** Whether the npm package `chromadb`, an optional peer, is installed. */
export function hasChroma(): boolean {
  try {
    require.resolve("chromadb");
    return true;
  } catch {
    return false;
  }
}

/** Deletes a collection through the Chroma API; one that is gone already is as good. */
export async function deleteFromChroma(
  apiKey: string,
  of: { endpoint?: string; tenant?: string; databaseName: string; collectionName: string },
): Promise<void> {
  const { ChromaClient, ChromaNotFoundError } = require("chromadb") as typeof import("chromadb");
  const { hostname: host, port, protocol } = new URL(of.endpoint ?? DEFAULT_ENDPOINT);
  const ssl = protocol === "https:";
  const service = {
    host,
    port: Number(port || (ssl ? 443 : 80)),
    ssl,
    headers: { "x-chroma-token": apiKey },
    fetchOptions: { signal: AbortSignal.timeout(LONGEST_MS) },
  };
  const tenant = of.tenant ?? (await new ChromaClient(service).getUserIdentity()).tenant;
  const client = new ChromaClient({ ...service, tenant, database: of.databaseName });
  try {
    await client.deleteCollection({ name: of.collectionName });
  } catch (error) {
    if (!(error instanceof ChromaNotFoundError)) throw error;
    // A server that is not Chroma also answers 404; its heartbeat fails.
    await client.heartbeat();
  }
}
