import {
  cancelInvocation,
  createInvocation,
  findSource,
  getInvocation,
  listInvocations,
} from "./invocations.js";
import { Refusal, type Reply, type Request } from "./reply.js";
import type { State, StoredSource } from "./state.js";

type Operation = (state: State, request: Request, id: string) => Reply;

const ROUTES: [method: string, path: RegExp, operation: Operation][] = [
  [
    "GET",
    /^\/api\/v1\/sources\/([^/]+)$/,
    (state, _request, id) => ({ status: 200, body: wireSource(findSource(state, id)) }),
  ],
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

/** A source without what must never be echoed. */
function wireSource(source: StoredSource): unknown {
  if (!source.s3) return source;
  const { aws_access_key_id: _id, aws_secret_access_key: _secret, ...s3 } = source.s3;
  return { ...source, s3 };
}
