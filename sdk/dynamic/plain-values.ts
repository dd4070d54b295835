import { Output, Resource } from "@pulumi/pulumi";
import { mistake } from "../../src/model/mistake.js";
import { numberProblem, textProblem } from "../../src/model/text-problem.js";

const SHOWN_PROBLEMS = 20;

/**
 * Arguments whose values the engine carries as they are. It would silently change others: NaN becomes null, a
 * Date or Map an empty map, undefined in a list null, half of a surrogate pair another character. What is known
 * only later is checked once it is known. `resource` is whose arguments they are, as a message names it.
 *
 * @throws TypeError that names the resource and the path of each such value.
 */
export function plainValues<T extends object>(args: T, path: string, resource: string): T {
  requirePlainValues(args, path, resource);
  return checkedLater(args, path, resource) as T;
}

/** Throws a TypeError that names the paths of the values which are not plain. Outputs and promises pass. */
export function requirePlainValues(value: unknown, path: string, resource: string): void {
  const problems: string[] = [];
  collectProblems(value, path, [], problems);
  if (problems.length === 0) return;
  const rest = problems.length - SHOWN_PROBLEMS;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const [first] = problems;
  if (problems.length === 1) throw mistake(`${resource}: ${first}`);
  const lines = [...problems.slice(0, SHOWN_PROBLEMS), ...more].map((line) => `\n  ${line}`);
  throw mistake(`${resource} has ${problems.length} arguments that cannot be used:${lines.join("")}`);
}

function collectProblems(value: unknown, path: string, open: object[], problems: string[]): void {
  const reason = problem(value, open);
  if (reason) problems.push(`${path} ${reason}`);
  if (reason || typeof value !== "object" || value === null || isAwaited(value)) return;
  const inside = [...open, value];
  if (Array.isArray(value)) {
    // By index: forEach would pass over holes, which the engine turns into null.
    for (let index = 0; index < value.length; index++) {
      const at = `${path}[${index}]`;
      if (value[index] === undefined) problems.push(`${at} is undefined: remove it, or use null`);
      else collectProblems(value[index], at, inside, problems);
    }
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const wrong = textProblem(key);
    if (wrong) problems.push(`${path} has a key that ${wrong}`);
    else collectProblems(item, `${path}.${key}`, inside, problems);
  }
}

/** The value with a check in each Output and promise; the very same if there is none, as in most of a long list. */
function checkedLater(value: unknown, path: string, resource: string): unknown {
  if (typeof value !== "object" || value === null || Resource.isInstance(value)) return value;
  const check = (known: unknown) => {
    requirePlainValues(known, path, resource);
    return checkedLater(known, path, resource);
  };
  if (Output.isInstance(value)) return value.apply(check);
  if (isAwaited(value)) return (value as Promise<unknown>).then(check);
  let copy: Record<string, unknown> | unknown[] | undefined;
  for (const [key, item] of Object.entries(value)) {
    const checked = checkedLater(item, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, resource);
    if (checked === item) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    (copy as Record<string, unknown>)[key] = checked;
  }
  return copy ?? value;
}

function problem(value: unknown, open: object[]): string | undefined {
  switch (typeof value) {
    case "string":
      return textProblem(value);
    case "number":
      return numberProblem(value);
    case "bigint":
      return "is a BigInt, which state cannot hold: use a string or a safe integer";
    case "function":
    case "symbol":
      return `is a ${typeof value}, which state cannot hold: remove it`;
    case "object": {
      if (value === null || Array.isArray(value) || isAwaited(value)) return undefined;
      if (open.includes(value)) return "refers back to a value that holds it: remove the cycle";
      const prototype = Object.getPrototypeOf(value);
      if (prototype === null || prototype.constructor?.name === "Object") return undefined;
      return `is a ${prototype.constructor?.name ?? "class instance"}, of which only a plain map would reach the service: use a string, list or map`;
    }
    default:
      return undefined;
  }
}

/** Whether a value is known only later. */
export function isAwaited(value: object): boolean {
  return (
    Output.isInstance(value) ||
    Resource.isInstance(value) ||
    typeof (value as { then?: unknown }).then === "function"
  );
}
