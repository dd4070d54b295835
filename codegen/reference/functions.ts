import type { ObjectSpec } from "../schema/spec.js";
import { list, type NamedTypes, reachable, typesPart } from "./types.js";

/** What the schema says of a function. */
export interface FunctionSpec {
  description: string;
  inputs: ObjectSpec;
  outputs: ObjectSpec;
}

/** The page of what a program can call in every language. */
export function functionsPage(functions: Record<string, FunctionSpec>, named: NamedTypes): string[] {
  const all = Object.values(functions);
  const properties = all.flatMap(({ inputs, outputs }) =>
    [inputs, outputs].flatMap((one) => Object.values(one.properties)),
  );
  return [
    "# Lookups",
    "Functions that a program of any language calls to read what the service has. A lookup runs at preview too, once " +
      "per program and arguments, and changes nothing. In TypeScript each has a form with `Output` at the end of its name, " +
      "which takes Outputs and returns one.",
    ...Object.entries(functions).flatMap(([token, { description, inputs, outputs }]) => [
      `## ${token.split(":").at(-1)}`,
      description,
      "Arguments:",
      list(inputs.properties, inputs.required, named),
      "Result:",
      list(outputs.properties, undefined, named),
    ]),
    "## Types",
    ...typesPart(reachable(properties, named), named),
  ];
}
