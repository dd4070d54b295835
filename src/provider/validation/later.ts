import { z } from "zod";
import { UNKNOWN } from "../../model/unknown.js";
import { zodMessage } from "./zod-message.js";

type Refinement = Parameters<Parameters<z.ZodUnknown["superRefine"]>[0]>[1];

/** A rule that some values need not keep. */
export const unless = (isExempt: (value: unknown) => boolean, rule: z.ZodType) =>
  z.unknown().superRefine((value, context) => {
    if (!isExempt(value)) keeps(rule, value, context);
  });

/** A rule for a value that may not be known yet. */
export const later = (rule: z.ZodType) => unless((value) => value === UNKNOWN, rule);

/** The same for a value that may be left out. */
export const maybe = (rule: z.ZodType) => later(rule).nullish();

/** Rules of which each counts only if those before it are kept. */
export const inOrder = (...rules: z.ZodType[]) =>
  z.unknown().superRefine((value, context) => {
    rules.every((rule) => keeps(rule, value, context));
  });

/** A rule that is a function: it returns the problem of a value, if there is one. */
export const without = (problem: (value: never) => string | undefined) =>
  z.unknown().superRefine((value, context) => {
    const message = problem(value as never);
    if (message) context.addIssue({ code: "custom", message });
  });

function keeps(rule: z.ZodType, value: unknown, context: Refinement): boolean {
  const issues = rule.safeParse(value, { error: zodMessage }).error?.issues ?? [];
  for (const { message, path } of issues) context.addIssue({ code: "custom", message, path });
  return issues.length === 0;
}
