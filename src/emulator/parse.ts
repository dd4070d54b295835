import type { z } from "zod";
import { badRequest } from "./reply.js";

/** The parameters of a query in the shape of a schema; 400 for one that is repeated or not a number. */
export function parseQuery<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  for (const name of query.keys())
    if (query.getAll(name).length > 1) throw badRequest(`${name}: is given more than once`);
  const values: Record<string, unknown> = Object.fromEntries(query);
  for (const name of ["limit", "offset"]) {
    if (values[name] === undefined) continue;
    if (!/^\d+$/.test(String(values[name]))) throw badRequest(`${name}: must be a whole number`);
    // The document knows no most.
    values[name] = Math.min(Number(values[name]), Number.MAX_SAFE_INTEGER);
  }
  return parse(schema, values);
}

/** The value in the shape of a schema; 400 with the path of the first thing that is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw badRequest(`${issue.path.join(".") || "body"}: ${issue.message}`);
}
