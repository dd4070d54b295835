/**
 * What a failed request means for the thing it asked for.
 *
 * - `not-processed`: the service certainly did nothing; sending again is safe.
 * - `ambiguous`: the service may have done it; sending again may do it twice.
 * - `refused`: the service understood and said no.
 */
export type Outcome = "not-processed" | "ambiguous" | "refused";

/** Every error of this client. The message says what was tried, what came back and what to do; never the key. */
export class ChromaSyncError extends Error {
  override name = "ChromaSyncError";
  /** What the failure means for the request. */
  readonly outcome: Outcome;
  constructor(message: string, outcome: Outcome, options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }
}

/** The service answered with an error status. */
export class ResponseError extends ChromaSyncError {
  override name = "ResponseError";
  /** HTTP status code. */
  readonly status: number;
  constructor(message: string, outcome: Outcome, status: number) {
    super(message, outcome);
    this.status = status;
  }
}

/** No answer was had: the connection failed, was reset, or timed out. */
export class TransportError extends ChromaSyncError {
  override name = "TransportError";
}

/** An answer came, but it is not what the API document describes. */
export class UnexpectedReplyError extends ChromaSyncError {
  override name = "UnexpectedReplyError";
}

const ADVICE: Record<number, string> = {
  400: "Correct the inputs named in the service's message.",
  401: "Set a valid key: `pulumi config set --secret chroma-sync:apiKey <key>` or CHROMA_API_KEY. After a key rotation, `pulumi refresh` and `pulumi destroy` still use the key of the last `up`: run them with --run-program.",
  403: "The API key has no permission for this: use a key of the team that owns the source.",
  404: "Check the id, and that the API key belongs to the team that owns it.",
  409: "The target collection already holds a finished sync: write to another collection, for instance one whose name is derived from the ref.",
  412: "Only a pending invocation can be cancelled.",
  429: "The service limits the request rate: try again later, or lower --parallel.",
};

const CONNECT_CODES = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

/** Text of a server, made safe for a terminal: control characters escaped, length bounded. */
export function printable(text: string, max = 500): string {
  const safe = text.trim().replace(/\p{Cc}|\p{Cf}/gu, (c) =>
    JSON.stringify(c)
      .slice(1, -1)
      .replace(/^[^\\]$/u, "?"),
  );
  return safe.length > max ? `${safe.slice(0, max)}…` : safe;
}

/** The error for an answer with status 300 or above; `body` is its text, JSON or not. */
export function responseError(request: string, status: number, body: string): ResponseError {
  let said = body;
  try {
    const parsed = JSON.parse(body) as { error?: unknown; message?: unknown };
    const words = [parsed.error, parsed.message].filter((word) => typeof word === "string");
    if (words.length > 0) said = words.join(": ");
  } catch {
    // Not JSON: the text itself is the best evidence, a proxy's error page for instance.
  }
  const advice =
    ADVICE[status] ??
    (status >= 500
      ? "The service or a proxy before it failed: look at the service's status and try again."
      : status < 400
        ? "Redirects are not followed, since that would send the API key to another host: set the endpoint to the address itself."
        : "See the service's message.");
  const outcome =
    status === 429 ? "not-processed" : status >= 500 || status === 408 ? "ambiguous" : "refused";
  return new ResponseError(
    `${request} was answered with ${status}${said ? `: ${printable(said)}` : ""}. ${advice}`,
    outcome,
    status,
  );
}

/** The error for a request that got no answer. */
export function transportError(request: string, cause: unknown): TransportError {
  const error = cause as { code?: string; message?: string; name?: string; errors?: { code?: string }[] };
  const code = error.code ?? error.errors?.[0]?.code;
  const detail = [code, error.message].filter(Boolean).join(" ");
  const outcome = code && CONNECT_CODES.has(code) ? "not-processed" : "ambiguous";
  const advice =
    outcome === "not-processed"
      ? "No connection was made, so nothing was sent: check chroma-sync:endpoint and the network."
      : "The service may or may not have processed it.";
  return new TransportError(`${request} got no answer (${printable(detail)}). ${advice}`, outcome, { cause });
}
