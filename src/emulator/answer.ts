import type * as http from "node:http";
import { setTimeout } from "node:timers/promises";
import type { ActiveFault } from "./faults.js";
import { RefusalError, type Reply } from "./reply.js";

const DRIPS = 10;

/** Answers a request, or fails to in the way that a fault says. */
export async function answer(
  outgoing: http.ServerResponse,
  fault: ActiveFault | undefined,
  process: () => Promise<Reply>,
): Promise<void> {
  switch (fault?.kind) {
    case "reset-before":
      return void outgoing.socket?.resetAndDestroy();
    case "status":
      return send(outgoing, refusal(fault.status), retryAfter(fault));
    case "expired-key":
      return send(outgoing, new RefusalError(401, "Unauthorized", "the key has expired").reply);
    case "delay-before":
      await setTimeout(fault.delayMs);
  }
  const reply = await process();
  switch (fault?.kind) {
    case "reset-after":
      return void outgoing.socket?.resetAndDestroy();
    case "delay-after":
      await setTimeout(fault.delayMs);
      return send(outgoing, reply);
    case "wrong-content-type":
      return send(outgoing, reply, { "content-type": "text/html" });
    case "garbage-json":
      return sendText(outgoing, reply.status, '{"<html>: not JSON');
    case "truncated-body":
      return truncate(outgoing, reply);
    case "slow-drip":
      return drip(outgoing, reply, fault.delayMs);
    default:
      return send(outgoing, reply);
  }
}

/** Sends a reply as JSON. */
export function send(
  outgoing: http.ServerResponse,
  reply: Reply,
  headers: http.OutgoingHttpHeaders = {},
): void {
  sendText(outgoing, reply.status, textOf(reply), { ...reply.headers, ...headers });
}

function sendText(
  outgoing: http.ServerResponse,
  status: number,
  text: string,
  headers: http.OutgoingHttpHeaders = {},
): void {
  const length = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  outgoing.writeHead(status, text === "" ? headers : { ...length, ...headers });
  outgoing.end(text);
}

/** Promises the whole body, sends half of it and ends the connection. */
function truncate(outgoing: http.ServerResponse, reply: Reply): void {
  const text = textOf(reply);
  outgoing.writeHead(reply.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  outgoing.write(text.slice(0, Math.floor(text.length / 2)), () => outgoing.socket?.destroy());
}

async function drip(outgoing: http.ServerResponse, reply: Reply, overMs: number): Promise<void> {
  const text = textOf(reply);
  const piece = Math.max(1, Math.ceil(text.length / DRIPS));
  outgoing.writeHead(reply.status, { "content-type": "application/json" });
  for (let at = 0; at < text.length && !outgoing.destroyed; at += piece) {
    outgoing.write(text.slice(at, at + piece));
    await setTimeout(overMs / DRIPS);
  }
  outgoing.end();
}

function textOf(reply: Reply): string {
  return reply.body === undefined ? "" : JSON.stringify(reply.body);
}

function refusal(status: number): Reply {
  return new RefusalError(status, "Fault", "a fault that was asked for").reply;
}

function retryAfter({ retryAfter: value }: ActiveFault): http.OutgoingHttpHeaders {
  return value === undefined ? {} : { "retry-after": String(value) };
}
