import type { ServerWritableStream } from "@grpc/grpc-js";
import { type ListRequest, ListResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { type InvocationsQuery, listInvocations, listSources } from "../../lookups/index.js";
import { holdsUnknown } from "../../model/unknown.js";
import { currentRun } from "./run.js";
import { toPlain } from "./struct.js";

/** What can be imported: the ids that the service knows of a type, in one page. */
export async function list(call: ServerWritableStream<ListRequest, ListResponse>): Promise<void> {
  const { request } = call;
  const query = toPlain(request.getQuery());
  if (holdsUnknown(query)) {
    call.write(new ListResponse().setComputed(new ListResponse.Computed()));
    return;
  }
  for (const { id, name } of await found(request.getToken(), query, request.getLimit())) {
    const result = new ListResponse.Result().setId(id).setName(name);
    call.write(new ListResponse().setResult(result));
  }
}

interface Found {
  id: string;
  name: string;
}

async function found(type: string, query: object, limit: number): Promise<Found[]> {
  const { client } = currentRun();
  const most = limit > 0 ? limit : Number.MAX_SAFE_INTEGER;
  if (type === "chroma-sync:index:Source") {
    const sources = await listSources(client, query);
    return sources.slice(0, most).map(({ id, github, s3, webScrape }) => ({
      id,
      name: github?.repository ?? s3?.bucketName ?? webScrape?.startingUrl ?? "",
    }));
  }
  if (type !== "chroma-sync:index:Invocation")
    throw new Error(`The service has no list of ${type}: only sources and invocations can be listed.`);
  const invocations = await listInvocations(client, { ...(query as InvocationsQuery), limit: most });
  return invocations.map(({ id, collectionName = "" }) => ({ id, name: collectionName }));
}
