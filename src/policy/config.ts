import type { Config, ResourceRule, StackRule } from "./rule.js";

/** The options of a rule; one that it does not have is a mistake that would otherwise go unseen. */
export function configOf(
  rule: ResourceRule | StackRule,
  given: Config,
  args: { getConfig<T extends object>(): T },
): Config {
  const config: Config = { ...given, ...args.getConfig<Config>() };
  const names = ["enforcementLevel", ...Object.keys(rule.options ?? {})];
  const other = Object.keys(config).find((name) => !names.includes(name));
  if (other !== undefined)
    throw withoutStack(
      `${rule.name} has no option ${JSON.stringify(other)}: its options are ${names.join(", ")}.`,
    );
  return config;
}

/** An error of whoever wrote the configuration: the SDK would print the stack instead of the message. */
export function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
