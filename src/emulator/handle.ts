import { openapi } from "./openapi.js";
import { OPERATIONS, type Operation } from "./operations.js";
import { RefusalError, type Reply, type Request } from "./reply.js";
import type { State } from "./state.js";

const ROUTES = OPERATIONS.map((operation) => ({
  operation,
  path: new RegExp(`^${operation.path.replace(/\{\w+\}/, "([^/]+)")}$`),
}));

/** The operation that a request asks for; undefined for what the API does not have. */
export function operationOf(method: string, path: string): string | undefined {
  return ROUTES.find((route) => route.path.test(path) && methodsOf(route.operation).includes(method))
    ?.operation.operationId;
}

/** The service as a function: one request in, one reply out, `state` changed. */
export function handle(state: State, request: Request): Reply {
  try {
    if (request.path === "/openapi.json") return { status: 200, body: openapi() };
    const routes = ROUTES.filter(({ path }) => path.test(request.path));
    if (!routes[0]?.operation.open) requireToken(state, request.token);
    return run(state, request, routes);
  } catch (error) {
    if (error instanceof RefusalError) return error.reply;
    throw error;
  }
}

/** 401 for a request without a key that is accepted. */
export function requireToken({ behaviour }: State, token: string | undefined): void {
  if (!token || !behaviour.tokens.includes(token))
    throw new RefusalError(401, "Unauthorized", "the x-chroma-token header is absent or not valid");
}

function run(state: State, request: Request, routes: typeof ROUTES): Reply {
  if (routes.length === 0) throw new RefusalError(404, "NotFound", "no such path");
  const route = routes.find(({ operation }) => methodsOf(operation).includes(request.method));
  if (!route) {
    const allow = routes.flatMap(({ operation }) => methodsOf(operation)).join(", ");
    throw new RefusalError(405, "MethodNotAllowed", `only ${allow} here`, { allow });
  }
  return route.operation.run(state, request, decodeURIComponent(route.path.exec(request.path)![1] ?? ""));
}

/** Whatever watches a service may ask for its health with HEAD. */
function methodsOf({ method, open }: Operation): string[] {
  return open ? [method, "HEAD"] : [method];
}
