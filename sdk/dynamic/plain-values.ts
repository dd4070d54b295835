import { Output, Resource } from "@pulumi/pulumi";

/**
 * Throws a TypeError that names the path of the first value which the engine would silently change: NaN
 * becomes null, a Date or Map an empty map, undefined in a list null. Outputs and promises pass.
 */
export function requirePlainValues(value: unknown, path: string, open: object[] = []): void {
  const reason = problem(value, path, open);
  if (reason) throw new TypeError(`${path} ${reason}`);
  if (typeof value !== "object" || value === null || isAwaited(value)) return;
  const inside = [...open, value];
  if (Array.isArray(value)) {
    // By index: forEach would pass over holes, which the engine turns into null.
    for (let index = 0; index < value.length; index++) {
      if (value[index] === undefined)
        throw new TypeError(`${path}[${index}] is undefined: remove it, or use null`);
      requirePlainValues(value[index], `${path}[${index}]`, inside);
    }
    return;
  }
  for (const [key, item] of Object.entries(value)) requirePlainValues(item, `${path}.${key}`, inside);
}

function problem(value: unknown, path: string, open: object[]): string | undefined {
  switch (typeof value) {
    case "number":
      if (!Number.isFinite(value)) return `is ${value}, which state cannot hold: use a finite number or null`;
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        return "is an integer too large to be exact: use a string";
      return undefined;
    case "bigint":
      return "is a BigInt, which state cannot hold: use a string or a safe integer";
    case "function":
    case "symbol":
      return `is a ${typeof value}, which state cannot hold: remove it`;
    case "object": {
      if (value === null || Array.isArray(value) || isAwaited(value)) return undefined;
      if (open.includes(value)) return "refers back to a value that holds it: remove the cycle";
      const prototype = Object.getPrototypeOf(value);
      if (prototype === null || prototype.constructor?.name === "Object") return undefined;
      return `is a ${prototype.constructor?.name ?? "class instance"}, of which only a plain map would reach the service: use a string, list or map (at ${path})`;
    }
    default:
      return undefined;
  }
}

/** Whether a value is known only later. */
export function isAwaited(value: object): boolean {
  return (
    Output.isInstance(value) ||
    Resource.isInstance(value) ||
    typeof (value as { then?: unknown }).then === "function"
  );
}
