import * as ts from "typescript";
import { type Declarations, manual, manualOf } from "./declarations.js";
import { nameOf, unwrapped } from "./nodes.js";
import type { ObjectSpec } from "./spec.js";
import { PACKAGE, type Types } from "./types.js";

/** The functions that a program can call, and what the result is called where it is no map of names. */
const FUNCTIONS: Record<string, string> = {
  getSource: "",
  listSources: "sources",
  getInvocation: "",
  listInvocations: "invocations",
  latestInvocations: "invocations",
  collectionNameFor: "collectionName",
};

/** The functions of the schema. */
export function functions(declarations: Declarations, types: Types): Record<string, object> {
  return Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, result]) => {
      const declared = declarations.get(name, ts.isFunctionDeclaration);
      const spec = {
        description: manual(declared),
        inputs: inputs(declared, types),
        outputs: outputs(declared, result, types),
      };
      return [`${PACKAGE}:index:${name}`, spec];
    }),
  );
}

/** One parameter that holds the arguments, or several that are the arguments. */
function inputs({ name, parameters }: ts.FunctionDeclaration, types: Types): ObjectSpec {
  const [first] = parameters;
  if (first!.name.getText() === "args") return types.object(first!.type!, name!.text);
  return {
    properties: Object.fromEntries(
      parameters.map((one) => [
        one.name.getText(),
        { ...types.spec(one.type!, one.name.getText(), name!.text), description: manualOf(one) },
      ]),
    ),
    required: parameters.map((one) => one.name.getText()),
  };
}

function outputs(declared: ts.FunctionDeclaration, result: string, types: Types): ObjectSpec {
  const type = unwrapped(declared.type!);
  const owner = nameOf(type) ?? declared.name!.text;
  if (result === "") return types.object(type, owner, false);
  const description = manual(declared);
  return {
    properties: { [result]: { ...types.spec(type, result, owner, false), description } },
    required: [result],
  };
}
