import type { ServerWritableStream } from "@grpc/grpc-js";
import { type ListRequest, ListResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { importable } from "../../lookups/index.js";
import { pluginKindOf } from "../../model/resource-types.js";
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
  const client = currentRun().context.client();
  const kind = pluginKindOf(request.getToken());
  for (const { id, name } of await importable(client, kind, query, request.getLimit() || undefined))
    call.write(new ListResponse().setResult(new ListResponse.Result().setId(id).setName(name)));
}
