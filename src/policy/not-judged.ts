import type {
  EnforcementLevel,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

/** The policy that tells what the others could not judge: without it that would look as if all were well. */
export function notJudgedPolicy(
  level: EnforcementLevel,
  taken: () => string[],
): ResourceValidationPolicy & StackValidationPolicy {
  const tell = (_args: unknown, report: ReportViolation) => {
    for (const text of taken()) report(text);
  };
  return { ...NOT_JUDGED, enforcementLevel: level, validateResource: tell, validateStack: tell };
}

/** Name and description of {@link notJudgedPolicy}. */
export const NOT_JUDGED = {
  name: "not-judged",
  description: "Every rule can judge what it is about.",
};
