import { examplePrograms } from "../../codegen/schema/examples.js";

/** An example in each language, as the registry lets its readers choose. */
export function programs(name: string): string {
  const choices = examplePrograms(name).map(
    ([language, block]) => `{{% choosable language ${language} %}}\n\n${block}\n\n{{% /choosable %}}\n`,
  );
  const languages = examplePrograms(name).map(([language]) => language);
  return `{{< chooser language "${languages.join(",")}" >}}\n${choices.join("")}{{< /chooser >}}\n`;
}
