import { printable } from "../../api/errors.js";
import { UNKNOWN } from "../../model/unknown.js";
import type { Failure } from "../../provider/invocation/check.js";

export type Properties = Record<string, unknown>;

/** What the class sends beside the inputs: the provider, and the URN or what stands for it. */
export function apart({ __provider: _text, __urn: urn, ...inputs }: Properties): {
  inputs: Properties;
  urn: string;
} {
  return { inputs, urn: typeof urn === "string" ? urn : "" };
}

/** The engine prints the value of a property that a failure names, even a secret one: it is told none. */
export function sentences(failures: Failure[]): { property: string; reason: string }[] {
  return failures.map(({ property, reason }) => ({
    property: "",
    reason: printable(`${property} ${reason}`, 2000),
  }));
}

/** How a secret is written where it crosses the engine. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/**
 * The inputs of a source with inline AWS keys as secrets, as the class sends them: a transform of the
 * program may have given others in their place.
 */
export function withSecretKeys(inputs: Properties): Properties {
  const { s3 } = inputs;
  if (typeof s3 !== "object" || s3 === null) return inputs;
  const keys = Object.entries(s3).filter(
    ([name]) => name === "awsAccessKeyId" || name === "awsSecretAccessKey",
  );
  const secrets = keys.map(([name, value]) => [
    name,
    typeof value === "string" && value !== UNKNOWN ? { ...SECRET, value } : value,
  ]);
  return { ...inputs, s3: { ...s3, ...Object.fromEntries(secrets) } };
}
