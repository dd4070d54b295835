import type { Job, ListInvocationsQuery } from "../../api/index.js";
import type { Client } from "./client.js";

/**
 * Where invocations are started and listed, as one text: the id of a source, or the uploads of a database. These
 * have a source too, but the service makes it with the first upload and never names it.
 */
export type Place = string;

const UPLOADS = "uploads:";

/** What inputs say of the place. */
interface Placed {
  sourceId?: string;
  databaseName?: string;
}

/** The place that inputs or a state name. */
export function placeOf({ sourceId, databaseName }: Placed): Place {
  return databaseName === undefined ? (sourceId ?? "").toLowerCase() : UPLOADS + databaseName;
}

/** Whether a place is the uploads of a database. */
export function isUploads(place: Place): boolean {
  return place.startsWith(UPLOADS);
}

/** What lists the invocations of a place; that of a database has others too. */
export function listQuery(place: Place): Pick<ListInvocationsQuery, "source_id" | "database_name"> {
  return isUploads(place) ? { database_name: place.slice(UPLOADS.length) } : { source_id: place };
}

/** The same as an address, for an error. */
export function listAddress(place: Place): string {
  return `GET /api/v1/invocations?${new URLSearchParams({ ...listQuery(place) })}`;
}

/** Leaves out what other sources of the database have; what nobody can tell stays. */
export async function ofPlace(client: Client, place: Place, jobs: Job[]): Promise<Job[]> {
  if (!isUploads(place) || jobs.length === 0) return jobs;
  const others = new Set<string>();
  for await (const source of client.sources(listQuery(place) as { database_name: string }))
    if (source.github || source.s3 || source.web_scrape) others.add(source.id);
  return jobs.filter(({ source_id: id }) => !id || !others.has(id.toLowerCase()));
}
