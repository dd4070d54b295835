import { UNKNOWN } from "../../model/unknown.js";
import { endpointProblem, keyProblem } from "../config.js";
import type { Failure, Properties } from "../resource.js";
import { unknownNames } from "./unknown-names.js";

/** What a stack or a provider can set, all optional. */
const SETTINGS = ["apiKey", "endpoint", "journal"];

/** The problems of a provider's settings, found before any resource needs them. */
export function settingsFailures(settings: Properties): Failure[] {
  const failures = unknownNames("the provider", SETTINGS, settings);
  for (const property of SETTINGS) {
    const value = settings[property];
    if (value === undefined || value === null || value === UNKNOWN) continue;
    if (typeof value !== "string") failures.push({ property, reason: "must be a string" });
    else if (property === "endpoint") failures.push(...endpointFailures(value));
    else if (property === "apiKey") failures.push(...keyFailures(value));
  }
  return failures;
}

function keyFailures(value: string): Failure[] {
  const problem = keyProblem(value);
  return problem ? [{ property: "apiKey", reason: problem }] : [];
}

function endpointFailures(value: string): Failure[] {
  const problem = value === "" ? undefined : endpointProblem(value);
  return problem ? [{ property: "endpoint", reason: `${problem}: give an https URL` }] : [];
}
