import type { z } from "zod";
import { type Failure, type Properties, present } from "../resource.js";

/** The inputs of a kind of resource: the rule of each, and whether a change of it makes another resource. */
export type Fields = Record<string, { replaces: boolean; rule: z.ZodType }>;

/** The problems of these fields, each with the path of what it is about. */
export function fieldFailures<Field extends string>(
  fields: Record<Field, { rule: z.ZodType }>,
  names: readonly Field[],
  properties: Properties,
): Failure[] {
  const values = present(names, properties);
  return names.flatMap((name) =>
    (fields[name].rule.safeParse(values[name]).error?.issues ?? []).map(({ path, message }) => ({
      property: name + path.map(pathPart).join(""),
      reason: message,
    })),
  );
}

function pathPart(key: PropertyKey): string {
  return typeof key === "number" ? `[${key}]` : `.${String(key)}`;
}
