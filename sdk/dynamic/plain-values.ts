import { Output, Resource } from "@pulumi/pulumi";

/**
 * Arguments whose values the engine carries as they are. It would silently change others: NaN becomes null, a
 * Date or Map an empty map, undefined in a list null, half of a surrogate pair another character. What is known
 * only later is checked once it is known.
 *
 * @throws TypeError that names the path of the first such value.
 */
export function plainValues<T extends object>(args: T, path: string): T {
  requirePlainValues(args, path);
  return checkedLater(args, path) as T;
}

/** Throws a TypeError that names the path of the first value which is not plain. Outputs and promises pass. */
export function requirePlainValues(value: unknown, path: string, open: object[] = []): void {
  const reason = problem(value, path, open);
  if (reason) throw mistake(`${path} ${reason}`);
  if (typeof value !== "object" || value === null || isAwaited(value)) return;
  const inside = [...open, value];
  if (Array.isArray(value)) {
    // By index: forEach would pass over holes, which the engine turns into null.
    for (let index = 0; index < value.length; index++) {
      if (value[index] === undefined) throw mistake(`${path}[${index}] is undefined: remove it, or use null`);
      requirePlainValues(value[index], `${path}[${index}]`, inside);
    }
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const wrong = textProblem(key);
    if (wrong) throw mistake(`${path} has a key that ${wrong}`);
    requirePlainValues(item, `${path}.${key}`, inside);
  }
}

/** The value with a check in each Output and promise; the very same if there is none, as in most of a long list. */
function checkedLater(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null || Resource.isInstance(value)) return value;
  const check = (known: unknown) => {
    requirePlainValues(known, path);
    return checkedLater(known, path);
  };
  if (Output.isInstance(value)) return value.apply(check);
  if (isAwaited(value)) return (value as Promise<unknown>).then(check);
  let copy: Record<string, unknown> | unknown[] | undefined;
  for (const [key, item] of Object.entries(value)) {
    const checked = checkedLater(item, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (checked === item) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    (copy as Record<string, unknown>)[key] = checked;
  }
  return copy ?? value;
}

/** An error that Pulumi prints as its sentence, without the stack of the program. */
function mistake(message: string): TypeError {
  return Object.assign(new TypeError(message), { __pulumiRunError: true });
}

/** Why a text would not arrive as it is. */
function textProblem(text: string): string | undefined {
  if (/Calling \[to(String|JSON)\] on an \[Output<T>\]/.test(text))
    return "is the text of an Output and not its value: pass the Output itself, or use pulumi.interpolate or apply";
  if (text.includes("\0")) return "holds a NUL character: remove it";
  if (/\p{Surrogate}/u.test(text))
    return "holds half of a surrogate pair, which no encoding can carry: cut the text between whole characters";
  return undefined;
}

function problem(value: unknown, path: string, open: object[]): string | undefined {
  switch (typeof value) {
    case "string":
      return textProblem(value);
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
