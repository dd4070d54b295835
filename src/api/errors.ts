import { isTransientCode, type Outcome, outcomeOfCodes, outcomeOfStatus } from "./outcome.js";

/** Every error of this client. The message says what was tried, what came back and what to do; never the key. */
export class ChromaSyncError extends Error {
  override name = "ChromaSyncError";
  /** What the failure means for the request. */
  readonly outcome: Outcome;
  constructor(message: string, outcome: Outcome, options?: { cause?: unknown }) {
    super(message, options);
    this.outcome = outcome;
  }
}

/** The service answered with an error status. */
export class ResponseError extends ChromaSyncError {
  override name = "ResponseError";
  /** HTTP status code. */
  readonly status: number;
  /** Milliseconds that the service asks to wait (`Retry-After`); absent if it does not say. */
  readonly retryAfterMs: number | undefined;
  constructor(message: string, status: number, retryAfterMs?: number) {
    super(message, outcomeOfStatus(status));
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer was had: the connection failed, was reset, or timed out. */
export class TransportError extends ChromaSyncError {
  override name = "TransportError";
  /** Whether the same request may succeed later with nothing changed; false for a bad certificate. */
  readonly isTransient: boolean;
  constructor(message: string, outcome: Outcome, isTransient: boolean, options?: { cause?: unknown }) {
    super(message, outcome, options);
    this.isTransient = isTransient;
  }
}

/** An answer came, but it is not what the API document describes. */
export class UnexpectedReplyError extends ChromaSyncError {
  override name = "UnexpectedReplyError";
}

const ADVICE: Record<number, string> = {
  400: "Correct the inputs named in the service's message.",
  401: "Set a valid key: `pulumi config set --secret chroma-sync:apiKey <key>`, CHROMA_API_KEY, or the apiKey of the ChromaSyncProvider. After a key rotation, `pulumi refresh` and `pulumi destroy` still use the key of the last `up`: run them with --run-program.",
  403: "The API key has no permission for this: use a key of the team that owns the source.",
  404: "Check the id, and that the API key belongs to the team that owns it.",
  409: "The target collection already holds a finished sync: write to another collection, for instance one whose name is derived from the ref.",
  412: "Only a pending invocation can be cancelled.",
  429: "The service limits the request rate: try again later, or lower --parallel.",
};

/**
 * Text from outside, made safe for a terminal: whatever moves the cursor, breaks a line or turns the
 * direction of writing is escaped, and the length is bounded.
 */
export function printable(text: string, max = 500): string {
  const safe = text.trim().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) =>
    JSON.stringify(c)
      .slice(1, -1)
      .replace(/^[^\\]$/u, "?"),
  );
  return safe.length > max ? `${safe.slice(0, max)}…` : safe;
}

/** The same for lines of our own that hold text from outside. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line))
    .join("\n");
}

/** The error for an answer with status 300 or above; `body` is its text, JSON or not. */
export function responseError(
  request: string,
  status: number,
  body: string,
  retryAfterMs?: number,
  ownAdvice: Record<number, string> = {},
): ResponseError {
  let said = body;
  try {
    const parsed = JSON.parse(body) as { error?: unknown; message?: unknown };
    const words = [parsed.error, parsed.message].filter((word) => typeof word === "string");
    if (words.length > 0) said = words.join(": ");
  } catch {
    // Not JSON: the text itself is the best evidence, a proxy's error page for instance.
  }
  const advice =
    ownAdvice[status] ??
    ADVICE[status] ??
    (status >= 500
      ? "The service or a proxy before it failed: look at the service's status and try again."
      : status < 400
        ? "Redirects are not followed, since that would send the API key to another host: set the endpoint to the address itself."
        : "See the service's message.");
  return new ResponseError(
    `${request} returned ${status}${said ? `: ${printable(said)}` : ""}. ${advice}`,
    status,
    retryAfterMs,
  );
}

/** The error for a request that failed without a response. */
export function transportError(request: string, cause: unknown): TransportError {
  const error = cause as { code?: string; message?: string; name?: string; errors?: { code?: string }[] };
  const codes = error.code ? [error.code] : (error.errors ?? []).map((one) => one.code);
  const detail = [codes[0], error.message].filter(Boolean).join(" ");
  const outcome = outcomeOfCodes(codes);
  const advice =
    outcome === "not-processed"
      ? "No connection was made, so nothing was sent: check the endpoint and the network."
      : "The service may or may not have processed it.";
  const message = `${request} failed without a response (${printable(detail)}). ${advice}`;
  return new TransportError(message, outcome, codes.every(isTransientCode), { cause });
}
