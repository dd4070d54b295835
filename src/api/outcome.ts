/**
 * What a failed request means for the thing it asked for.
 *
 * - `not-processed`: the service certainly did nothing; sending again is safe.
 * - `ambiguous`: the service may have done it; sending again may do it twice.
 * - `refused`: the service understood and said no.
 */
export type Outcome = "not-processed" | "ambiguous" | "refused";

/** A kind of failure, what it means, and what a create does then. */
export interface FailureKind {
  /** The failure, in words. */
  failure: string;
  /** Error codes of Node and undici that stand for it. */
  codes?: readonly string[];
  /** First and last HTTP status that stand for it. */
  statuses?: readonly [first: number, last: number];
  outcome: Outcome;
  /** What a create does then. */
  create: string;
}

const REPEAT = "sends again after a growing pause, for up to 15 s";
const LOOK =
  "lists the source's invocations for the settle time (60 s), and sends again once if nothing similar is listed";

/**
 * Every failure of a request, the first row that fits. Only what proves that no request was read is
 * `not-processed`; all that is not named here is ambiguous.
 */
export const FAILURES: readonly FailureKind[] = [
  {
    failure: "no connection",
    codes: [
      "ECONNREFUSED",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "EHOSTDOWN",
      "ENETDOWN",
      "UND_ERR_CONNECT_TIMEOUT",
    ],
    outcome: "not-processed",
    create: REPEAT,
  },
  {
    failure: "the name of the host has no address",
    codes: ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NONAME"],
    outcome: "not-processed",
    create: REPEAT,
  },
  {
    failure: "the TLS certificate is not accepted",
    codes: [
      "CERT_HAS_EXPIRED",
      "CERT_NOT_YET_VALID",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ],
    outcome: "not-processed",
    create: "fails: waiting does not fix it",
  },
  {
    failure: "429, a limit of the rate",
    statuses: [429, 429],
    outcome: "not-processed",
    create: "sends again after a growing pause, for up to 10 minutes; Retry-After is honoured",
  },
  { failure: "408, the request was slow", statuses: [408, 408], outcome: "ambiguous", create: LOOK },
  {
    failure: "409, the collection has finished its sync",
    statuses: [409, 409],
    outcome: "refused",
    create:
      "after an ambiguous failure looks for its own invocation first; otherwise does what `onConflict` says",
  },
  {
    failure: "a redirect",
    statuses: [300, 399],
    outcome: "refused",
    create: "fails: the key is not sent to another address",
  },
  {
    failure: "any other 4xx",
    statuses: [400, 499],
    outcome: "refused",
    create: "fails with the service's message",
  },
  { failure: "any 5xx, also of a proxy", statuses: [500, 599], outcome: "ambiguous", create: LOOK },
  {
    failure: "a success whose body cannot be read",
    statuses: [200, 299],
    outcome: "ambiguous",
    create: LOOK,
  },
  {
    failure: "a reset, a timeout after the connection stood, or any other error",
    codes: [
      "ECONNRESET",
      "EPIPE",
      "ETIMEDOUT",
      "UND_ERR_BODY_TIMEOUT",
      "UND_ERR_HEADERS_TIMEOUT",
      "UND_ERR_SOCKET",
    ],
    outcome: "ambiguous",
    create: LOOK,
  },
];

/** What an HTTP status means if it is not a readable success. */
export function outcomeOfStatus(status: number): Outcome {
  const row = FAILURES.find(({ statuses }) => statuses && status >= statuses[0] && status <= statuses[1]);
  return row?.outcome ?? "ambiguous";
}

/** What the error codes of a failed connection mean; of several attempts all must prove that nothing was sent. */
export function outcomeOfCodes(codes: readonly (string | undefined)[]): Outcome {
  const proves = (code: string | undefined) =>
    FAILURES.some((row) => row.outcome === "not-processed" && code && row.codes?.includes(code));
  return codes.length > 0 && codes.every(proves) ? "not-processed" : "ambiguous";
}

/** Whether a request that was not processed may succeed by waiting alone. */
export function isTransientCode(code: string | undefined): boolean {
  const row = FAILURES.find((kind) => code && kind.codes?.includes(code));
  return row?.outcome === "not-processed" && row.create === REPEAT;
}
