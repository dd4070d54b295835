/** Policies for stacks that sync: single rules, and all of them for a pack. Needs @pulumi/policy. @module */
import type { EnforcementLevel, Policies } from "@pulumi/policy";
import { type Pack, resourcePolicy, stackPolicy } from "./as-policy.js";
import { withoutStack } from "./config.js";
import * as metadata from "./metadata-rules.js";
import { NOT_JUDGED, notJudgedPolicy } from "./not-judged.js";
import * as ref from "./ref-rules.js";
import type { Config, ResourceRule, StackJudge, StackRule } from "./rule.js";
import * as settings from "./settings-rules.js";
import * as source from "./source-rules.js";
import * as stack from "./stack-rules.js";
import type { SeenResource } from "./syncs.js";
import * as target from "./target-rules.js";
import type { NotJudged } from "./unjudged.js";

export type { Config, NotJudged, ResourceRule, SeenResource, StackJudge, StackRule };

/** Every rule, in the order of the documentation. */
export const RULES: readonly (ResourceRule | StackRule)[] = [
  ...Object.values(ref),
  ...Object.values(metadata),
  ...Object.values(target),
  ...Object.values(settings),
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
 * @throws Error if an option names an unknown rule.
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
  const names = [...RULES.map(({ name }) => name), NOT_JUDGED.name];
  for (const name of Object.keys(options))
    if (!names.includes(name))
      throw withoutStack(`There is no rule ${JSON.stringify(name)}: the rules are ${names.join(", ")}.`);
  const levelOf = (name: string) => {
    const own = options[name];
    return typeof own === "string" ? own : own?.enforcementLevel;
  };
  const unjudged: string[] = [];
  const pack: Pack = {
    preview: process.env.PULUMI_DRY_RUN === "true",
    notJudged: (rule, resource, why) =>
      void unjudged.push(`${rule}${resource ? ` of ${resource}` : ""}: ${why.message}.`),
  };
  const policies = RULES.map((rule) => {
    const own = options[rule.name];
    const given: Config = typeof own === "object" ? own : {};
    const level = levelOf(rule.name) ?? rule.level;
    return "check" in rule ? resourcePolicy(rule, level, given, pack) : stackPolicy(rule, level, given, pack);
  });
  // The last, since the policies of a pack are asked in their order.
  return [...policies, notJudgedPolicy(levelOf(NOT_JUDGED.name) ?? "advisory", () => unjudged.splice(0))];
}
