import type { PolicyConfigSchema } from "@pulumi/policy";
import type { SeenResource } from "./syncs.js";

/** What a rule can be set to. */
export type Config = Record<string, unknown>;

interface Common {
  /** Name in the pack and in its configuration. */
  name: string;
  /** What it demands, in a sentence. */
  description: string;
  /** Why it is worth demanding. */
  reason: string;
  /** Whether a violation stops the run where the configuration says nothing. */
  level: "advisory" | "mandatory";
  /** Its options, as JSON schema. */
  options?: PolicyConfigSchema["properties"];
}

/** A rule about one resource. A violation names the fix; of values it names at most sourceId, collection, ref and objectKey. */
export interface ResourceRule extends Common {
  check(resource: SeenResource, config: Config): string[];
  /** The one right answer, where there is one: inputs with it. Off unless the level is `remediate`. */
  remedy?(resource: SeenResource, config: Config): Record<string, unknown> | undefined;
}

/** A rule about all resources of a stack. */
export interface StackRule extends Common {
  checkStack(resources: SeenResource[], config: Config): string[];
}

/** An option that is a list of texts. */
export function texts(config: Config, name: string): string[] {
  const value = config[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** An option that is a number. */
export function number(config: Config, name: string, otherwise: number): number {
  const value = config[name];
  return typeof value === "number" ? value : otherwise;
}

/** Whether a text fits one of some patterns, in which `*` stands for anything. */
export function fits(text: string, patterns: string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`, "s").test(text);
  });
}

/** A value that may be told, as it is told. */
export function told(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 200)) : "a value that is no text";
}
