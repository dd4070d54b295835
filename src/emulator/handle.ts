import {
  cancelInvocation,
  createInvocation,
  getInvocation,
  latestByKeys,
  listInvocations,
} from "./invocations.js";
import { openapi } from "./openapi.js";
import { Refusal, type Reply, type Request } from "./reply.js";
import { createSource, deleteSource, getSource, listSources } from "./sources.js";
import type { State } from "./state.js";
import { addFile } from "./upload.js";

type Operation = (state: State, request: Request, id: string) => Reply;

/** An operation of the API document, by its operationId. */
export interface Route {
  name: string;
  method: string;
  path: RegExp;
  operation: Operation;
}

/** The operations of the API document but `/health`. */
export const ROUTES: Route[] = [
  { name: "list_sources", method: "GET", path: /^\/api\/v1\/sources$/, operation: listSources },
  { name: "create_source", method: "POST", path: /^\/api\/v1\/sources$/, operation: createSource },
  { name: "get_source", method: "GET", path: /^\/api\/v1\/sources\/([^/]+)$/, operation: getSource },
  { name: "delete_source", method: "DELETE", path: /^\/api\/v1\/sources\/([^/]+)$/, operation: deleteSource },
  {
    name: "create_job",
    method: "POST",
    path: /^\/api\/v1\/sources\/([^/]+)\/invocations$/,
    operation: createInvocation,
  },
  {
    name: "latest_invocations_by_keys",
    method: "POST",
    path: /^\/api\/v1\/sources\/([^/]+)\/invocations\/latest-by-keys$/,
    operation: latestByKeys,
  },
  { name: "list_jobs", method: "GET", path: /^\/api\/v1\/invocations$/, operation: listInvocations },
  {
    name: "get_job",
    method: "GET",
    path: /^\/api\/v1\/invocations\/([^/]+)$/,
    operation: getInvocation,
  },
  {
    name: "cancel_pending_job",
    method: "PUT",
    path: /^\/api\/v1\/invocations\/([^/]+)$/,
    operation: cancelInvocation,
  },
  { name: "add_file", method: "POST", path: /^\/api\/v1\/add-file$/, operation: addFile },
];

/** The operationId of a request, `health` included; undefined for what the API does not have. */
export function operationOf(method: string, path: string): string | undefined {
  if (path === "/health") return "health_check";
  return ROUTES.find((route) => route.method === method && route.path.test(path))?.name;
}

/** The service as a function: one request in, one reply out, `state` changed. */
export function handle(state: State, request: Request): Reply {
  try {
    if (request.path === "/health") return { status: 200, body: {} };
    if (request.path === "/openapi.json") return { status: 200, body: openapi() };
    requireToken(state, request.token);
    const matching = ROUTES.filter(({ path }) => path.test(request.path));
    const route = matching.find(({ method }) => method === request.method);
    if (!route)
      throw matching.length > 0
        ? new Refusal(405, "MethodNotAllowed", "no such method here")
        : new Refusal(404, "NotFound", "no such path");
    return route.operation(state, request, decodeURIComponent(route.path.exec(request.path)![1] ?? ""));
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** 401 for a request without a key that is accepted. */
export function requireToken({ behaviour }: State, token: string | undefined): void {
  if (!token || !behaviour.tokens.includes(token))
    throw new Refusal(401, "Unauthorized", "the x-chroma-token header is absent or not valid");
}
