/** Policies for stacks that sync: single rules, and all of them for a pack. Needs @pulumi/policy. @module */
import type {
  EnforcementLevel,
  Policies,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { PROVIDER_TYPES, SOURCE_TYPES } from "../model/resource-types.js";
import type { Config, ResourceRule, StackRule } from "./rule.js";
import * as source from "./source-rules.js";
import * as stack from "./stack-rules.js";
import * as sync from "./sync-rules.js";
import { isSync, type SeenResource } from "./syncs.js";

export type { Config, ResourceRule, SeenResource, StackRule };

/** Every rule, in the order of the documentation. */
export const RULES: readonly (ResourceRule | StackRule)[] = [
  ...Object.values(sync),
  ...Object.values(source),
  ...Object.values(stack),
].filter((rule): rule is ResourceRule | StackRule => typeof rule === "object");

/** Levels and options by the name of a rule; what is not named keeps its own level and defaults. */
export type PolicyOptions = Record<
  string,
  EnforcementLevel | ({ enforcementLevel?: EnforcementLevel } & Config)
>;

/**
 * All rules as policies of a pack. The pack's configuration file wins over `options`.
 *
 * @throws Error where an option names no rule.
 * @example
 * ```ts
 * import { PolicyPack } from "@pulumi/policy";
 * import { chromaSyncPolicies } from "pulumi-chroma-sync/policy";
 *
 * new PolicyPack("chroma-sync", {
 *   policies: chromaSyncPolicies({ "pinned-ref": { enforcementLevel: "mandatory", allowedBranches: ["main"] } }),
 * });
 * ```
 */
export function chromaSyncPolicies(options: PolicyOptions = {}): Policies {
  const names = RULES.map(({ name }) => name);
  for (const name of Object.keys(options))
    if (!names.includes(name))
      throw new Error(`There is no rule ${JSON.stringify(name)}: the rules are ${names.join(", ")}.`);
  return RULES.map((rule) => {
    const own = options[rule.name];
    const given: Config = typeof own === "object" ? own : {};
    const level = (typeof own === "string" ? own : own?.enforcementLevel) ?? rule.level;
    return "check" in rule ? resourcePolicy(rule, level, given) : stackPolicy(rule, level, given);
  });
}

function common(rule: ResourceRule | StackRule, enforcementLevel: EnforcementLevel) {
  const description = `${rule.description.replace(/\.$/, "")}, since ${rule.reason}.`;
  return {
    name: rule.name,
    description,
    enforcementLevel,
    ...(rule.options ? { configSchema: { properties: rule.options } } : {}),
  };
}

function resourcePolicy(
  rule: ResourceRule,
  level: EnforcementLevel,
  given: Config,
): ResourceValidationPolicy {
  const { remedy } = rule;
  return {
    ...common(rule, level),
    validateResource: (args, reportViolation) => {
      // Other resources are not looked at, so that their unknown values are no concern of ours.
      if (!concerns(args)) return;
      for (const violation of rule.check(args, configOf(rule, given, args)))
        reportViolation(`${args.name}: ${violation} (${rule.reason}).`);
    },
    ...(remedy
      ? {
          remediateResource: (args) =>
            concerns(args) ? remedy(args, configOf(rule, given, args)) : undefined,
        }
      : {}),
  };
}

function stackPolicy(rule: StackRule, level: EnforcementLevel, given: Config): StackValidationPolicy {
  return {
    ...common(rule, level),
    validateStack: (args, reportViolation) => {
      const resources = args.resources.filter(concerns);
      for (const violation of rule.checkStack(resources, configOf(rule, given, args)))
        reportViolation(`${violation} (${rule.reason}).`);
    },
  };
}

/** The options of a rule; one that it does not have is a mistake that would otherwise go unseen. */
function configOf(
  rule: ResourceRule | StackRule,
  given: Config,
  args: Pick<ResourceValidationArgs, "getConfig">,
) {
  const config: Config = { ...given, ...args.getConfig<Config>() };
  const names = ["enforcementLevel", ...Object.keys(rule.options ?? {})];
  const other = Object.keys(config).find((name) => !names.includes(name));
  if (other !== undefined)
    throw new Error(
      `${rule.name} has no option ${JSON.stringify(other)}: its options are ${names.join(", ")}.`,
    );
  return config;
}

function concerns({ type }: { type: string }): boolean {
  return isSync({ type }) || SOURCE_TYPES.includes(type) || PROVIDER_TYPES.includes(type);
}
