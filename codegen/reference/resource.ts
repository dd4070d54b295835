import type { ObjectSpec, PropertySpec } from "../schema/spec.js";
import { type Mistake, messagesAbout, otherMistakes } from "./mistakes.js";
import { defaultIn, list, type NamedTypes, oneLine, reachable, typesPart, typeText } from "./types.js";

/** What the schema says of a resource. */
export interface ResourceSpec extends ObjectSpec {
  description: string;
  inputProperties: Record<string, PropertySpec>;
  requiredInputs: string[];
}

/** The page of one resource. */
export function resourcePage(
  token: string,
  spec: ResourceSpec,
  named: NamedTypes,
  mistakes: Mistake[],
): string[] {
  const name = token.split(":").at(-1)!;
  const className = `ChromaSync${name}`;
  const properties = [...Object.values(spec.inputProperties), ...Object.values(spec.properties)];
  const types = typesPart(reachable(properties, named), named);
  const others = otherMistakes(className, Object.keys(spec.inputProperties), mistakes);
  return [
    `# ${name}`,
    spec.description.split("{{% examples %}}")[0]!.trim(),
    `In TypeScript \`${name}\` of \`pulumi-chroma-sync-sdk\` or \`${className}\` of \`pulumi-chroma-sync\`; in YAML ` +
      `\`chroma-sync:${name}\`. Other languages write the names in their own style. [A program in each language](../_index.md).`,
    "## Inputs",
    ...Object.entries(spec.inputProperties).flatMap(([input, property]) => [
      `### ${input}`,
      facts(property, spec.requiredInputs.includes(input), named),
      property.description,
      errors(messagesAbout(className, input, mistakes)),
    ]),
    "## Outputs",
    list(spec.properties, spec.required, named),
    ...(types.length > 0 ? ["## Types", ...types] : []),
    ...(others.length > 0 ? ["## Other errors", others.map(messageRow).join("\n")] : []),
    "Every message of the package is in [I see this message](../messages.md).",
  ].filter((part) => part !== "");
}

/** What a reader looks for first: the type, whether it must be there, and what a change of it does. */
export function facts(property: PropertySpec, required: boolean, named: NamedTypes): string {
  const standard = defaultIn(oneLine(property.description));
  return [
    typeText(property, named),
    required ? "required" : standard ? `default ${standard}` : "optional",
    ...(property.secret ? ["secret"] : []),
    ...(property.willReplaceOnChanges ? ["a change replaces the resource"] : []),
  ].join(" · ");
}

function errors(messages: string[]): string {
  return messages.length === 0 ? "" : ["Errors:", "", ...messages.map(messageRow)].join("\n");
}

const messageRow = (message: string) =>
  message.includes("`") ? `- \`\` ${message} \`\`` : `- \`${message}\``;
