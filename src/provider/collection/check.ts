import { UNKNOWN } from "../../model/unknown.js";
import { urnDigest } from "../../model/urn-digest.js";
import { endpointProblem } from "../config.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { hasChroma } from "./chroma.js";
import { inputsOf } from "./inputs.js";

/** Checks what deleting will need, long before it does. */
export async function check(
  context: Context,
  urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  const inputs = inputsOf(news);
  const { collectionName, endpoint } = inputs;
  context.use(collectionName);
  // One that an earlier run has declared; what this run declares is not in place before its create.
  if (olds.collectionName === collectionName) context.collections.set(urnDigest(urn), inputs);
  const failures: Failure[] = [];
  if (!hasChroma())
    failures.push({
      property: "deleteSuperseded",
      reason: "requires the npm package chromadb, which is not installed: npm install chromadb",
    });
  const problem = endpoint === undefined || endpoint === UNKNOWN ? undefined : endpointProblem(endpoint);
  if (problem)
    failures.push({ property: "deleteSuperseded.endpoint", reason: `${problem}: give an https URL` });
  return failures;
}
