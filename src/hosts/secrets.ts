import { UNKNOWN } from "../model/unknown.js";
import type { Properties } from "../provider/resource.js";

/** The key that marks a map as something else where it crosses the engine. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** What it says of a secret, whose value stands beside it. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * The inputs with the texts at these paths as secrets, as the class sends them: a transform of the program
 * may have given others in their place.
 */
export function withSecrets(paths: readonly string[], inputs: Properties): Properties {
  return paths.reduce((marked, path) => withSecret(path.split("."), marked) as Properties, inputs);
}

function withSecret([name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined)
    return typeof value === "string" && value !== UNKNOWN ? { [SIGNATURE]: SECRET, value } : value;
  if (typeof value !== "object" || value === null || !(name in value)) return value;
  return { ...value, [name]: withSecret(rest, (value as Properties)[name]) };
}
