import { numberProblem, textProblem } from "../../model/text-problem.js";
import type { Failure, Properties } from "../resource.js";

/**
 * Texts and numbers at any depth that no program can mean: the class for Node finds them before the engine
 * does, other SDKs send them.
 */
export function plainFailures(names: readonly string[], properties: Properties): Failure[] {
  return names.flatMap((name) => problemsAt(name, properties[name]));
}

function problemsAt(path: string, value: unknown): Failure[] {
  if (typeof value === "string") return failure(path, textProblem(value));
  if (typeof value === "number") return failure(path, numberProblem(value));
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => problemsAt(`${path}[${index}]`, item));
  return Object.entries(value).flatMap(([key, item]) => {
    const problem = textProblem(key);
    return problem ? failure(path, `has a key that ${problem}`) : problemsAt(`${path}.${key}`, item);
  });
}

function failure(property: string, reason: string | undefined): Failure[] {
  return reason ? [{ property, reason }] : [];
}
