import { printable } from "../../api/errors.js";
import type { Failure } from "../check.js";

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
