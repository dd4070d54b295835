import type * as http from "node:http";
import { answer, send } from "../answer.js";
import { forgetDeleted } from "../collections.js";
import { servePage } from "../control/page.js";
import { control } from "../control/route.js";
import { handle, operationOf, requireToken } from "../handle.js";
import { receive } from "../receive.js";
import { badRequest, RefusalError, type Reply } from "../reply.js";
import { durable, type Service } from "../service.js";
import { discardRest } from "./early.js";
import { checkControl, checkSender } from "./guard.js";
import { filesOf } from "./multipart.js";

/** Answers the requests of a server: the console's page, `/_emulator/*` and the API. */
export function listener(service: Service): http.RequestListener {
  const respond = responder(service);
  return async (incoming, outgoing) => {
    // A client that goes away, or a connection that a fault has ended, is not an error here.
    outgoing.on("error", () => undefined);
    const cutOffIfIdle = () => incoming.socket.setTimeout(service.clientTimeoutMs);
    cutOffIfIdle();
    try {
      await respond(incoming, outgoing);
    } catch (error) {
      if (outgoing.headersSent) outgoing.destroy();
      else send(outgoing, error instanceof RefusalError ? error.reply : internalError(error));
    }
    discardRest(incoming);
    if (outgoing.writableEnded && !outgoing.writableFinished) cutOffIfIdle();
  };
}

function responder(service: Service) {
  const { state, faults, guard, log, spool, chroma } = service;
  let inFlight = 0;
  return async (incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> => {
    const url = urlOf(incoming);
    const logged = log.note(incoming, outgoing, url.pathname);
    checkSender(guard, incoming);
    if (servePage(incoming, outgoing, url.pathname)) return;
    if (url.pathname.startsWith("/_emulator/")) {
      checkControl(guard, incoming);
      return await control(service, incoming, outgoing, url);
    }
    log.show(logged);
    const operation = operationOf(incoming.method ?? "GET", url.pathname);
    if (operation) {
      inFlight++;
      outgoing.once("close", () => inFlight--);
      if (inFlight > state.behaviour.maxInFlight) return send(outgoing, TOO_MANY);
    }
    // Before the body is read: without a key no file is written.
    if (!OPEN.includes(url.pathname)) requireToken(state, incoming.headers["x-chroma-token"]?.toString());
    const request = await receive(incoming, url, spool);
    // Whatever takes its time from here on is the emulator's own doing.
    incoming.socket.setTimeout(0);
    const fault = operation ? faults.take(operation) : undefined;
    if (fault) logged.fault = fault.kind;
    try {
      if (chroma) await forgetDeleted(state, request, chroma);
      await answer(outgoing, fault, async () => {
        const reply = handle(state, request);
        await durable(service);
        return reply;
      });
    } finally {
      spool.dropUnkept(filesOf(request.form ?? []));
    }
  };
}

/** Paths that ask for no key. */
const OPEN = ["/health", "/openapi.json"];
const TOO_MANY = new RefusalError(429, "TooManyRequests", "too many requests in flight").reply;

function urlOf({ url }: http.IncomingMessage): URL {
  const text = `http://emulator${url?.startsWith("/") ? url : `/${url ?? ""}`}`;
  if (!URL.canParse(text)) throw badRequest("the path is not well-formed");
  return new URL(text);
}

function internalError(error: unknown): Reply {
  return new RefusalError(500, "Internal", String(error)).reply;
}
