import type { ListSourcesQuery, Source } from "../api/index.js";
import type { Client } from "../provider/service/client.js";
import { inputsFrom } from "../provider/source/wire.js";

/** What a source is looked up by. */
export interface SourceQuery {
  id?: string;
  databaseName?: string;
  repository?: string;
  appId?: string;
  bucketName?: string;
  pathPrefix?: string;
  startingUrl?: string;
}

const TYPES = { github: "github", s3: "s3", webScrape: "web_scrape" } as const;

/** The one source that the query describes. Throws an Error if there is none, or several. */
export async function getSource(client: Client, query: SourceQuery) {
  if (query.id !== undefined) return details(await client.getSource(query.id));
  const kind = kindOf(query);
  const all = await listSources(client, {
    sourceType: kind,
    ...(query.databaseName === undefined ? {} : { databaseName: query.databaseName }),
  });
  const found = all.filter((one) => matches(one, query));
  if (found.length === 1) return found[0]!;
  const asked = JSON.stringify(query);
  if (found.length > 1)
    throw new Error(
      `getSource found ${found.length} sources for ${asked}: ${found.slice(0, 10).map(described).join("; ")}. ` +
        "Say which one with databaseName, appId, pathPrefix or id.",
    );
  const seen =
    all.length > 0
      ? `Of its kind there are: ${all.slice(0, 10).map(described).join("; ")}`
      : "There are none of its kind";
  throw new Error(
    `getSource found no source for ${asked}. ${seen}. Correct the query, use a key of the team that owns the source, or create it with ChromaSyncSource.`,
  );
}

/** Every source, or those of one database or kind. */
export async function listSources(
  client: Client,
  { databaseName, sourceType }: { databaseName?: string; sourceType?: keyof typeof TYPES },
) {
  const filter: ListSourcesQuery = {
    ...(databaseName === undefined ? {} : { database_name: databaseName }),
    ...(sourceType === undefined ? {} : { source_type: TYPES[sourceType] }),
  };
  const sources = await Array.fromAsync(client.sources(filter));
  // A service that does not know a filter ignores it.
  return sources.map(details).filter((one) => sourceType === undefined || one.sourceType === sourceType);
}

/** A source in the words of the resource's inputs, without keys. */
function details(source: Source) {
  const inputs = inputsFrom(source);
  const kind = (["github", "s3", "webScrape"] as const).find((name) => inputs[name] !== undefined);
  return {
    id: source.id,
    sourceType: kind ?? ("file_upload" in source ? ("fileUpload" as const) : ("unknown" as const)),
    ...inputs,
    ...(source.created_at ? { createdAt: source.created_at } : {}),
  };
}

type Details = ReturnType<typeof details>;

function kindOf({ repository, bucketName, startingUrl }: SourceQuery): keyof typeof TYPES {
  const named = [repository, bucketName, startingUrl].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw new TypeError("getSource requires exactly one of id, repository, bucketName and startingUrl.");
  return repository !== undefined ? "github" : bucketName !== undefined ? "s3" : "webScrape";
}

function matches({ github, s3, webScrape }: Details, query: SourceQuery): boolean {
  if (github)
    return (
      github.repository.toLowerCase() === query.repository?.toLowerCase() &&
      (query.appId === undefined || github.appId === query.appId)
    );
  if (s3)
    return (
      s3.bucketName === query.bucketName &&
      (query.pathPrefix === undefined || (s3.pathPrefix ?? "") === query.pathPrefix)
    );
  return webScrape !== undefined && webScrape.startingUrl === query.startingUrl;
}

function described({ id, databaseName, github, s3, webScrape }: Details): string {
  const what = github
    ? `${github.repository}${github.appId ? ` with app ${github.appId}` : ""}`
    : s3
      ? `${s3.bucketName}/${s3.pathPrefix ?? ""}`
      : webScrape?.startingUrl;
  return `${id} (${what}, database ${databaseName})`;
}
