import { createHash, timingSafeEqual } from "node:crypto";
import type * as http from "node:http";
import { RefusalError } from "../reply.js";
import { isLoopback } from "./loopback.js";

/** What protects the emulator from web pages and from the network. */
export interface Guard {
  /** Whether it listens on loopback alone. */
  onLoopback: boolean;
  /** The key of `/_emulator/*`; undefined if none is asked for, which is on loopback only. */
  adminToken: string | undefined;
}

/** What nearly every request says; other names are looked at more closely. */
const PLAIN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/** The header that carries the key of `/_emulator/*`. */
export const ADMIN_HEADER = "x-emulator-token";

/**
 * Refuses what a web page in a browser could send to an emulator on loopback: a name of the page's own that was
 * rebound to 127.0.0.1 shows in `Host`, and requests across origins show in `Origin`.
 *
 * @throws RefusalError 403
 */
export function checkSender({ onLoopback }: Guard, { headers }: http.IncomingMessage): void {
  if (!onLoopback) return;
  const { host = "" } = headers;
  if (!PLAIN_HOST.test(host) && !isLoopback(hostnameOf(`http://${host}`)))
    throw forbidden(
      "the Host header is not loopback: use 127.0.0.1 or localhost, or start the emulator with --host",
    );
  if (headers.origin !== undefined && !isLoopback(hostnameOf(headers.origin)))
    throw forbidden("requests of web pages from elsewhere are refused");
}

/**
 * Lets a request of `/_emulator/*` in: from programs and from the console, with the key if there is one.
 *
 * @throws RefusalError 401 or 403
 */
export function checkControl({ adminToken }: Guard, { headers }: http.IncomingMessage): void {
  const site = headers["sec-fetch-site"];
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  const own = headers.origin === undefined || headers.origin.replace(/^https?:\/\//, "") === headers.host;
  if (foreign || !own) throw forbidden("only the emulator's own page may do this in a browser");
  if (adminToken !== undefined && !isSame(headers[ADMIN_HEADER]?.toString() ?? "", adminToken))
    throw new RefusalError(401, "Unauthorized", `the ${ADMIN_HEADER} header is absent or not valid`);
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function hostnameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function forbidden(message: string): RefusalError {
  return new RefusalError(403, "Forbidden", message);
}
