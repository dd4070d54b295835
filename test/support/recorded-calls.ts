import { isDeepStrictEqual } from "node:util";
import type { engineAt } from "../plugin/client.js";

type Properties = Record<string, unknown>;

/** What an engine asked a plugin about a resource, and the answer. */
export interface Call {
  method: "Check" | "Diff" | "Read";
  urn: string;
  id: string;
  olds: Properties;
  oldInputs: Properties;
  news: Properties;
  answer: Answer;
}

/** An answer, whichever of the three. */
interface Answer {
  inputs?: Properties;
  state?: Properties;
  failures?: string[];
  changes?: number;
  details?: Record<string, number>;
  replaces?: string[];
}

const CHANGES = ["DIFF_UNKNOWN", "DIFF_NONE", "DIFF_SOME"];
const KINDS = ["ADD", "ADD_REPLACE", "DELETE", "DELETE_REPLACE", "UPDATE", "UPDATE_REPLACE"];
const METHOD = /^\/pulumirpc\.ResourceProvider\/(Check|Diff|Read)$/;

/** The calls of a log of PULUMI_DEBUG_GRPC, without those of other plugins and those that were asked twice. */
export function callsIn(log: string): Call[] {
  const entries = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const calls = entries
    .filter(
      ({ method, request, response }) =>
        METHOD.test(method) && response && /::chroma-sync:/.test(request.urn),
    )
    .map(({ method, request, response }): Call => {
      const [, name] = METHOD.exec(method)!;
      const { urn, id = "", olds = {}, oldInputs = {}, news = {}, properties = {}, inputs = {} } = request;
      const isRead = name === "Read";
      return {
        method: name as Call["method"],
        urn,
        id,
        olds: isRead ? properties : olds,
        oldInputs: isRead ? inputs : oldInputs,
        news,
        answer: recorded(name!, response),
      };
    });
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

// biome-ignore lint/suspicious/noExplicitAny: the JSON of a message, without what is zero.
function recorded(method: string, response: any): Answer {
  if (method === "Check")
    return {
      inputs: response.inputs ?? {},
      failures: (response.failures ?? []).map(({ reason }: { reason: string }) => reason),
    };
  if (method === "Read") return { state: response.properties ?? {}, inputs: response.inputs ?? {} };
  const details = Object.entries<{ kind?: string }>(response.detailedDiff ?? {});
  return {
    changes: CHANGES.indexOf(response.changes ?? "DIFF_UNKNOWN"),
    replaces: [...(response.replaces ?? [])].sort(),
    details: Object.fromEntries(details.map(([name, { kind = "ADD" }]) => [name, KINDS.indexOf(kind)])),
  };
}

/** Asks the same again. */
export async function answerOf(call: Call, engine: ReturnType<typeof engineAt>): Promise<Answer> {
  const { method, urn, id, olds, oldInputs, news } = call;
  if (method === "Check") {
    const { inputs, failures } = await engine.check(urn, olds, news);
    return { inputs, failures: failures.map(({ reason }) => reason) };
  }
  if (method === "Read") {
    const { state, inputs } = await engine.read(urn, id, olds, oldInputs);
    return { state, inputs };
  }
  const { changes, replacesList, detaileddiffMap } = await engine.diff(urn, id, { olds, oldInputs, news });
  return {
    changes,
    replaces: [...replacesList].sort(),
    details: Object.fromEntries(detaileddiffMap.map(([name, { kind }]) => [name, kind])),
  };
}

/** The parts of an answer that are not as they were. An output that is new is no difference, a lost or changed one is. */
export function difference({ answer }: Call, now: Answer): string[] {
  const { state: before = {}, ...others } = answer;
  const { state: after = {}, ...othersNow } = now;
  return [
    ...Object.keys(before)
      .filter((name) => !isDeepStrictEqual(before[name], after[name]))
      .map((name) => `${name}: ${JSON.stringify(before[name])} became ${JSON.stringify(after[name])}`),
    ...(isDeepStrictEqual(others, othersNow)
      ? []
      : [`${JSON.stringify(others)} became ${JSON.stringify(othersNow)}`]),
  ];
}
