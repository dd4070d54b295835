import { RULES } from "../../src/policy/index.js";
import { NOT_JUDGED } from "../../src/policy/not-judged.js";

const ABOUT = {
  sync: "each sync",
  source: "each source",
  provider: "each provider",
  database: "what names a database",
};

/** The page of the rules of the policy pack. */
export function policiesPage(): string[] {
  return [
    "# Policies",
    "The rules of the policy pack, with the level that each has if nothing is configured. [Policies for syncs](../policies.md) " +
      "says how to run the pack and how to configure a rule.",
    ...RULES.flatMap((rule) => [
      `## ${rule.name}`,
      [
        rule.level,
        "about" in rule ? `judges ${ABOUT[rule.about]}` : "judges the stack",
        ...("remedy" in rule ? ["can be set to `remediate`"] : []),
      ].join(" · "),
      `${rule.description} Reason: ${rule.reason}.`,
      options(rule),
    ]),
    `## ${NOT_JUDGED.name}`,
    `${NOT_JUDGED.description}`,
  ].filter((part) => part !== "");
}

function options(rule: (typeof RULES)[number]): string {
  const rows = Object.entries(rule.options ?? {}).map(([name, schema]) => {
    const standard = schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`];
    return `- **\`${name}\`** (${[schema.type, ...standard].join(", ")}): ${schema.description}`;
  });
  return rows.length === 0 ? "" : `Options:\n\n${rows.join("\n")}`;
}
