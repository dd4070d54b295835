import type { ObjectSpec, PropertySpec, TypeSpec } from "../schema/spec.js";

/** What the schema says of a named type. */
interface NamedSpec extends Partial<ObjectSpec> {
  description?: string;
  enum?: { value: string }[];
}

/** Named types of the schema, by their token. */
export type NamedTypes = Record<string, NamedSpec>;

/** A type as a reader of any language knows it; a named one links to its part of the page. */
export function typeText(spec: TypeSpec, named: NamedTypes): string {
  if (spec.oneOf) return spec.oneOf.map((one) => typeText(one, named)).join(" or ");
  if (spec.items) return `list of ${typeText(spec.items, named)}`;
  if (spec.additionalProperties) return `map of ${typeText(spec.additionalProperties, named)}`;
  if (spec.$ref === undefined) return spec.type!;
  const type = named[tokenOf(spec.$ref)];
  if (!type) return "any value";
  if (type.enum) return type.enum.map(({ value }) => `\`"${value}"\``).join(", ");
  const name = nameOf(spec.$ref);
  return `[${name}](#${name.toLowerCase()})`;
}

/** The maps that properties name, and those that these name, each once and in the order of a reader. */
export function reachable(properties: TypeSpec[], named: NamedTypes): string[] {
  const found = new Set<string>();
  const look = (spec: TypeSpec): void => {
    for (const part of [...(spec.oneOf ?? []), spec.items, spec.additionalProperties]) if (part) look(part);
    const token = tokenOf(spec.$ref ?? "");
    const type = named[token];
    if (!type?.properties || found.has(token)) return;
    found.add(token);
    for (const one of Object.values(type.properties)) look(one);
  };
  for (const one of properties) look(one);
  return [...found];
}

/** The named types of a page, each with its properties. */
export function typesPart(tokens: string[], named: NamedTypes): string[] {
  return tokens.flatMap((token) => {
    const { description, properties = {}, required = [] } = named[token]!;
    return [`### ${nameOf(token)}`, description ?? "", list(properties, required, named)];
  });
}

/** Properties as a list, which a phone can show, and no heading each. */
export function list(
  properties: Record<string, PropertySpec>,
  required: string[] | undefined,
  named: NamedTypes,
): string {
  const rows = Object.entries(properties).map(([name, spec]) => {
    const facts = [typeText(spec, named), ...(required && !required.includes(name) ? ["optional"] : [])];
    return `- **\`${name}\`** (${facts.join(", ")}): ${oneLine(spec.description)}`;
  });
  return rows.join("\n");
}

/** A default, if the words of a property say one. */
export function defaultIn(description: string): string | undefined {
  const said =
    /\bDefault:? (.+?)(?:[.;:](?=\s|$)|$)/.exec(description) ?? /(`[^`]+`) \(default\)/.exec(description);
  return (said ?? /\bby default (.+?)(?=[.,;:](?:\s|$)|$)/.exec(description))?.[1];
}

/** A paragraph in a place that has room for one line. */
export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

const tokenOf = (ref: string) => ref.replace("#/types/", "");
const nameOf = (token: string) => token.split(":").at(-1)!;
