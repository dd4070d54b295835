// The one rule between the names of the API document and those of this client: `snake_case` is `camelCase`.

const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
const CAMEL = /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$/;

const camel = (name: string) =>
  SNAKE.test(name) ? name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()) : name;
const snake = (name: string) =>
  CAMEL.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;

/** A reply with the names of this client, at any depth. `metadata` of a job is the service's, so its names change too. */
export function fromWire(value: unknown): unknown {
  return renamed(value, camel, "additional_metadata");
}

/** A request with the names of the API document, at any depth but in the caller's own metadata. */
export function toWire(value: unknown): unknown {
  return renamed(value, snake, "metadata");
}

function renamed(value: unknown, rename: (name: string) => string, asItIs: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename, asItIs));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [
    rename(name),
    name === asItIs ? item : renamed(item, rename, asItIs),
  ]);
  return Object.fromEntries(entries);
}
