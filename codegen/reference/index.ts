import { packageSpec } from "../schema/package.js";
import type { PropertySpec } from "../schema/spec.js";
import { componentsPage } from "./components.js";
import { errorsPage } from "./errors.js";
import type { FunctionSpec } from "./functions.js";
import { functionsPage } from "./functions.js";
import type { Mistake } from "./mistakes.js";
import { policiesPage } from "./policies.js";
import { type ResourceSpec, resourcePage } from "./resource.js";
import { settingsPage } from "./settings.js";
import type { NamedTypes } from "./types.js";

/** The parts of the schema that the reference shows. */
interface Spec {
  types: NamedTypes;
  resources: Record<string, ResourceSpec>;
  functions: Record<string, FunctionSpec>;
  provider: { inputProperties: Record<string, PropertySpec> };
}

const NOTE = "<!-- Generated from doc comments by `UPDATE_DOCS=1 npx jest test/docs/pages`: edit those. -->";

/** The pages of `docs/reference/`, by their file. A resource or function of the schema is in them without more. */
export function referencePages(mistakes: Mistake[]): Record<string, string> {
  const { types, resources, functions, provider } = packageSpec() as Spec;
  const names = Object.keys(functions).map((token) => token.split(":").at(-1)!);
  const pages: Record<string, string[]> = {
    ...Object.fromEntries(
      Object.entries(resources).map(([token, spec]) => [
        `${fileName(token)}.md`,
        resourcePage(token, spec, types, mistakes),
      ]),
    ),
    "lookups.md": functionsPage(functions, types),
    "components.md": componentsPage(names, mistakes),
    "policies.md": policiesPage(),
    "settings.md": settingsPage(provider.inputProperties),
    "errors.md": errorsPage(),
  };
  return mapped(
    { "index.md": indexPage(pages), ...pages },
    ([title, ...parts]) => `${[title, NOTE, ...parts].join("\n\n")}\n`,
  );
}

function indexPage(pages: Record<string, string[]>): string[] {
  const rows = Object.entries(pages).map(([file, [title, about]]) => {
    const [sentence] = about!.split(/(?<=\.)\s/);
    return `- [${title!.replace("# ", "")}](${file}): ${sentence!.replace(/[:.]?$/, ".")}`;
  });
  return [
    "# Reference",
    "Every input, output, setting, policy and error.",
    rows.join("\n"),
    "The plugin's schema, from which the SDKs are generated, is [schema.json](../../schema.json). `npm run docs` builds the reference of the TypeScript API.",
  ];
}

/** `chroma-sync:index:InvocationBatch` is on the page `invocation-batch`. */
const fileName = (token: string) =>
  token
    .split(":")
    .at(-1)!
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase();

const mapped = <A, B>(all: Record<string, A>, of: (one: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, of(one)]));
