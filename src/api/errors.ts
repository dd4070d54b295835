import { isTransientCode, type Outcome, outcomeOfCodes, outcomeOfStatus } from "./outcome.js";

/** Every error of this client. The message says what happened, what to do and which request it was; never the key. */
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
  /** The request and what came back, without what to do about it. */
  readonly evidence: string;
  constructor(message: string, status: number, retryAfterMs?: number, evidence = message) {
    super(message, outcomeOfStatus(status));
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.evidence = evidence;
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

/** Whether something answered that is certainly not the service. */
export function isAnotherServer(error: unknown): error is ChromaSyncError {
  return error instanceof ChromaSyncError && error.message.startsWith(ANOTHER_SERVER);
}

/** What a status says, and what to do about it. */
export const ADVICE: Record<number, string> = {
  400: "The service refused the request. Correct the inputs that its message names.",
  401: "The service rejected the API key. Set a valid one: `pulumi config set --secret chroma-sync:apiKey <key>`, CHROMA_API_KEY, or the apiKey of the ChromaSyncProvider. After a key rotation, `pulumi refresh` and `pulumi destroy` still use the key of the last `pulumi up`: run them with --run-program.",
  403: "The API key has no permission for this. Use a key of the team that owns the source.",
  404: "Not found. Check the id, and that the API key belongs to the team that owns it.",
  409: "The target collection already holds a finished sync: write to another collection, for instance one whose name is derived from the ref.",
  412: "Only a pending invocation can be cancelled.",
  429: "The service limits the request rate. Try again later, or lower --parallel.",
};

/** Said if something answers that does not speak as the service does. */
export const ANOTHER_SERVER =
  "The endpoint answered, but it is not the Sync service. Correct chroma-sync:endpoint, CHROMA_SYNC_ENDPOINT or the endpoint of the ChromaSyncProvider.";

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
  const words = serviceWords(body);
  // Not the service's form: the text itself is the best evidence, a proxy's error page for instance.
  const said = printable(words ?? body);
  const isAnotherServer = status === 404 && words === undefined;
  const advice =
    ownAdvice[status] ??
    (isAnotherServer ? ANOTHER_SERVER : ADVICE[status]) ??
    (status >= 500
      ? "The service, or a proxy in front of it, failed. Check the status of the service and try again."
      : status < 400
        ? "Redirects are not followed, since that would send the API key to another host. Set the endpoint to the address that answers."
        : "The service refused the request.");
  const evidence = `${request} returned ${status}${said ? `: ${said}` : ""}`;
  return new ResponseError(`${advice} (${evidence})`, status, retryAfterMs, evidence);
}

/** What an answer says in the form that the service's errors have. */
function serviceWords(body: string): string | undefined {
  try {
    const { error, message } = JSON.parse(body) as { error?: unknown; message?: unknown };
    const words = [error, message].filter((word) => typeof word === "string");
    return words.length > 0 ? words.join(": ") : undefined;
  } catch {
    return undefined;
  }
}

/** The error for a request that failed without a response. */
export function transportError(request: string, cause: unknown): TransportError {
  const error = cause as { code?: string; message?: string; name?: string; errors?: { code?: string }[] };
  const codes = error.code ? [error.code] : (error.errors ?? []).map((one) => one.code);
  const [code] = codes;
  // Node's own messages hold the code.
  const detail =
    code && !error.message?.includes(code) ? `${code} ${error.message ?? ""}` : (error.message ?? "");
  const outcome = outcomeOfCodes(codes);
  const advice =
    outcome === "not-processed"
      ? "No connection was made, so nothing was sent. Check the endpoint and the network."
      : "The connection failed, and the service may or may not have processed the request.";
  const message = `${advice} (${request} failed without a response: ${printable(detail)})`;
  return new TransportError(message, outcome, codes.every(isTransientCode), { cause });
}
