import type {
  EnforcementLevel,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { configOf } from "./config.js";
import { LimitedReport } from "./limited.js";
import type { Config, ResourceRule, StackJudge, StackRule } from "./rule.js";
import { isAbout, kindOf, type SeenResource } from "./syncs.js";
import { isUnknownValue, type NotJudged } from "./unjudged.js";

/** A policy that is asked about each resource before it is created, and about the stack at the end. */
type Policy = ResourceValidationPolicy & StackValidationPolicy;
type Args = ResourceValidationArgs | StackValidationArgs;

/** The engine registers the stack first in each run: a process that serves several starts anew with it. */
const ROOT = "pulumi:pulumi:Stack";

/** What a pack's policies share in one run. */
export interface Pack {
  /** Whether the run is a preview, as the engine tells the pack's process. */
  preview: boolean;
  /** Takes what a rule could not judge though all values were known. */
  notJudged(rule: string, resource: string | undefined, why: Error): void;
}

/** A rule about one resource as a policy. */
export function resourcePolicy(
  rule: ResourceRule,
  level: EnforcementLevel,
  given: Config,
  pack: Pack,
): Policy {
  let limited = new LimitedReport(rule.reason, pack.preview);
  const { remedy } = rule;
  return {
    ...common(rule, level),
    validateResource(args, report) {
      if (args.type === ROOT) limited = new LimitedReport(rule.reason, pack.preview);
      const config = configOf(rule, given, args);
      const idle = rule.idle?.(config);
      if (!isAbout(rule.about, args.type) || idle) return notApplicable(args, idle);
      judging(rule, args.name, pack, (notJudged) => {
        const found = rule.check(seen(args), config, notJudged);
        say(report, limited.text(found.map((violation) => `${args.name}: ${violation}`)));
      });
    },
    validateStack: (_args, report) => say(report, limited.rest()),
    ...(remedy
      ? {
          remediateResource: (args) =>
            isAbout(rule.about, args.type) ? remedy(seen(args), configOf(rule, given, args)) : undefined,
        }
      : {}),
  };
}

/**
 * A rule about the stack as a policy. It judges each resource before it is created, by its inputs, so that an
 * `up` is stopped in time; at the end those are added that the run did not pass through, by their outputs.
 */
export function stackPolicy(rule: StackRule, level: EnforcementLevel, given: Config, pack: Pack): Policy {
  const fresh = () => ({
    limited: new LimitedReport(rule.reason, pack.preview),
    passed: new Set<string>(),
    judge: undefined as StackJudge | undefined,
    reported: false,
  });
  let run = fresh();
  const show = (report: ReportViolation, violations: string[], urn?: string) => {
    run.reported ||= violations.length > 0;
    say(report, run.limited.text(violations), urn);
  };
  return {
    ...common(rule, level),
    validateResource(args, report) {
      if (args.type === ROOT) run = fresh();
      run.judge ??= rule.begin(configOf(rule, given, args));
      const { judge, passed } = run;
      const kind = kindOf(args.type);
      if (kind === undefined || kind === "provider" || passed.has(args.urn)) return notApplicable(args);
      passed.add(args.urn);
      judging(rule, args.name, pack, (notJudged) => {
        const found = judge.add(seen(args), notJudged);
        // A preview stops nothing, so a total is reported once, when it is complete.
        if (!(rule.total && pack.preview)) show(report, found);
      });
    },
    validateStack(args, report) {
      run.judge ??= rule.begin(configOf(rule, given, args));
      const { judge, passed, limited } = run;
      const resources = args.resources.filter(({ type }) => kindOf(type) !== undefined);
      if (resources.length === 0) return notApplicable(args);
      for (const resource of resources.filter(({ urn }) => !passed.has(urn)))
        judging(rule, resource.name, pack, (notJudged) => {
          const found = judge.add(seen(resource), notJudged);
          if (!rule.total) show(report, found, resource.urn);
        });
      judging(rule, undefined, pack, (notJudged) => {
        const found = judge.end(resources.map(seen), notJudged);
        if (!(rule.total && run.reported)) show(report, found);
      });
      say(report, limited.rest());
    },
  };
}

/** Runs a rule; a value that is not known at preview is left to the SDK to tell, after what was found. */
function judging(
  rule: ResourceRule | StackRule,
  resource: string | undefined,
  pack: Pack,
  run: (notJudged: NotJudged) => void,
): void {
  let unknown: Error | undefined;
  run((why) => {
    if (isUnknownValue(why)) unknown ??= why;
    else pack.notJudged(rule.name, resource, why);
  });
  if (unknown) throw unknown;
}

function common(rule: ResourceRule | StackRule, enforcementLevel: EnforcementLevel) {
  const { name, description, options } = rule;
  return {
    name,
    description,
    enforcementLevel,
    ...(options ? { configSchema: { properties: options } } : {}),
  };
}

function say(report: ReportViolation, text: string | undefined, urn?: string): void {
  if (text !== undefined) report(text, urn);
}

/** Tells the engine that a policy has not judged, if the SDK is new enough to have words for it. */
function notApplicable(args: Args, why = "It is about other resources"): void {
  (args as { notApplicable?: (reason: string) => never }).notApplicable?.(why);
}

type Seeable = Pick<ResourceValidationArgs, "type" | "name" | "props" | "provider">;

function seen({ type, name, props, provider }: Seeable): SeenResource {
  return { type, name, props, ...(provider ? { provider: provider.urn } : {}) };
}
