import type { z } from "zod";
import { badRequest } from "./reply.js";

/** The value in the shape of a schema; 400 with the path of the first thing that is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw badRequest(`${issue.path.join(".") || "body"}: ${issue.message}`);
}
