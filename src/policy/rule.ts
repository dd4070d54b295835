import type { PolicyConfigSchema } from "@pulumi/policy";
import type { SeenResource } from "./syncs.js";
import { type NotJudged, throwUnknown } from "./unjudged.js";

/** What a rule can be set to. */
export type Config = Record<string, unknown>;

interface Common {
  /** Name in the pack and in its configuration. */
  name: string;
  /** What it demands, in a sentence. */
  description: string;
  /** Why it is worth demanding. */
  reason: string;
  /** Whether a violation stops the run if the configuration says nothing. */
  level: "advisory" | "mandatory";
  /** Its options, as JSON schema. */
  options?: PolicyConfigSchema["properties"];
}

/** A rule about one resource. A violation names the fix; of values it names at most sourceId, collection, ref and objectKey. */
export interface ResourceRule extends Common {
  /** What resources it is about; it finds nothing in others. */
  about: "sync" | "source" | "provider" | "database";
  /** Why it has nothing to judge with this configuration. */
  idle?(config: Config): string | undefined;
  /** What violates it. */
  check(resource: SeenResource, config: Config, notJudged?: NotJudged): string[];
  /** The one right answer, if there is one: inputs with it. Off unless the level is `remediate`. */
  remedy?(resource: SeenResource, config: Config): Record<string, unknown> | undefined;
}

/** A judge of the resources of one run, which is shown them one by one. */
export interface StackJudge {
  /** The violations that a resource adds to those before it; at `up` it is asked before the resource is created. */
  add(resource: SeenResource, notJudged: NotJudged): string[];
  /** The violations that show only once all resources were seen, with the outputs that they have then. */
  end(resources: SeenResource[], notJudged: NotJudged): string[];
}

/** A rule about all resources of a stack. */
export interface StackRule extends Common {
  /** Whether it is about a total, of which a preview tells the end alone. */
  total: boolean;
  /** Starts judging a run. */
  begin(config: Config): StackJudge;
  /** What violates it in a whole stack. */
  checkStack(resources: SeenResource[], config: Config, notJudged?: NotJudged): string[];
}

/** A rule about a stack, with the check of a whole stack made from its judge. */
export function stackRule(rule: Omit<StackRule, "checkStack">): StackRule {
  return {
    ...rule,
    checkStack(resources, config, notJudged = throwUnknown) {
      const judge = rule.begin(config);
      const added = resources.flatMap((resource) => judge.add(resource, notJudged));
      return [...(rule.total ? [] : added), ...judge.end(resources, notJudged)];
    },
  };
}

/** An option that is a list of strings. */
export function texts(config: Config, name: string): string[] {
  const value = config[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** An option that is a number. */
export function number(config: Config, name: string, otherwise: number): number {
  const value = config[name];
  return typeof value === "number" ? value : otherwise;
}

/** Whether a text matches one of some patterns, in which `*` stands for anything. */
export function fits(text: string, patterns: string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`, "s").test(text);
  });
}

/** A value that may be shown, as it is shown. */
export function quoted(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 200)) : "a non-string value";
}
