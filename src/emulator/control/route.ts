import type * as http from "node:http";
import { send } from "../answer.js";
import { collections } from "../collections.js";
import type { Fault } from "../faults.js";
import { filesOf } from "../http/multipart.js";
import { listInvocations } from "../invocations.js";
import { receive } from "../receive.js";
import { badRequest, notFound, RefusalError, type Reply, type Request } from "../reply.js";
import { durable, type Service } from "../service.js";
import { chunkPage, listCollections } from "./collections.js";

/** Answers a request of `/_emulator/*`, which has been let in. */
export async function control(
  service: Service,
  incoming: http.IncomingMessage,
  outgoing: http.ServerResponse,
  url: URL,
): Promise<void> {
  if (url.pathname === "/_emulator/events") {
    if (incoming.method !== "GET") throw methodNotAllowed();
    return service.feed.connect(incoming, outgoing);
  }
  const request = await receive(incoming, url, service.spool);
  if (request.form) {
    service.spool.dropUnkept(filesOf(request.form));
    throw badRequest("the body must be JSON");
  }
  const reply = replyTo(service, request);
  await durable(service);
  send(outgoing, reply);
}

const ALL = new URLSearchParams({ limit: "1000000", order_by: "ASC" });
const METHODS: Record<string, string[]> = {
  faults: ["GET", "POST", "DELETE"],
  jobs: ["GET"],
  collections: ["GET"],
  collection: ["GET", "DELETE"],
};

function replyTo({ state, faults }: Service, request: Request): Reply {
  const { method, path, query, body } = request;
  const [, place = "", name] = /^\/_emulator\/([a-z]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const isNamed = name !== undefined;
  const methods = METHODS[isNamed && place === "collections" ? "collection" : isNamed ? "" : place];
  if (!methods) throw notFound("no such path");
  if (!methods.includes(method)) throw methodNotAllowed();
  switch (place) {
    case "faults":
      if (method === "POST") faults.add(body as Fault);
      if (method === "DELETE") faults.clear(query.get("kind") ?? undefined);
      return { status: 200, body: faults.list() };
    case "jobs":
      return { status: 200, body: listInvocations(state, { ...request, query: ALL }).body };
    default:
      if (!isNamed) return { status: 200, body: listCollections(state) };
      return chunkPage(collections(state, request, decodeURIComponent(name)), query);
  }
}

function methodNotAllowed(): RefusalError {
  return new RefusalError(405, "MethodNotAllowed", "no such method here");
}
