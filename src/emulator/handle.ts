import { cancelInvocation, createInvocation, getInvocation, listInvocations } from "./invocations.js";
import { Refusal, type Reply, type Request } from "./reply.js";
import { createSource, deleteSource, getSource, latestByKeys, listSources } from "./sources.js";
import type { State } from "./state.js";

type Operation = (state: State, request: Request, id: string) => Reply;

const ROUTES: [method: string, path: RegExp, operation: Operation][] = [
  ["POST", /^\/api\/v1\/sources$/, createSource],
  ["GET", /^\/api\/v1\/sources$/, listSources],
  ["GET", /^\/api\/v1\/sources\/([^/]+)$/, getSource],
  ["DELETE", /^\/api\/v1\/sources\/([^/]+)$/, deleteSource],
  ["POST", /^\/api\/v1\/sources\/([^/]+)\/invocations\/latest-by-keys$/, latestByKeys],
  ["POST", /^\/api\/v1\/sources\/([^/]+)\/invocations$/, createInvocation],
  ["GET", /^\/api\/v1\/invocations$/, listInvocations],
  ["GET", /^\/api\/v1\/invocations\/([^/]+)$/, getInvocation],
  ["PUT", /^\/api\/v1\/invocations\/([^/]+)$/, cancelInvocation],
];

/** The service as a function: one request in, one reply out, `state` changed. */
export function handle(state: State, request: Request): Reply {
  try {
    if (request.path === "/health") return { status: 200, body: {} };
    if (request.path === "/_emulator/jobs")
      return { status: 200, body: listInvocations(state, { ...request, query: ALL }).body };
    if (!request.token || !state.behaviour.tokens.includes(request.token))
      throw new Refusal(401, "Unauthorized", "the x-chroma-token header is absent or not valid");
    const matching = ROUTES.filter(([, path]) => path.test(request.path));
    const route = matching.find(([method]) => method === request.method);
    if (!route)
      throw matching.length > 0
        ? new Refusal(405, "MethodNotAllowed", "no such method here")
        : new Refusal(404, "NotFound", "no such path");
    return route[2](state, request, decodeURIComponent(route[1].exec(request.path)![1] ?? ""));
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

const ALL = new URLSearchParams({ limit: "1000000", order_by: "ASC" });
