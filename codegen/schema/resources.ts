import * as ts from "typescript";
import { DYNAMIC_TYPES, type DynamicKind, FORMER_TYPES } from "../../src/model/resource-types.js";
import { BATCH_FIELDS } from "../../src/provider/batch/inputs.js";
import { FIELDS as FILE_FIELDS } from "../../src/provider/file/inputs.js";
import { FILES_FIELDS } from "../../src/provider/files/inputs.js";
import { FIELDS } from "../../src/provider/invocation/inputs.js";
import { FIELDS as SOURCE_FIELDS } from "../../src/provider/source/rules.js";
import { type Declarations, manual, pluginsName } from "./declarations.js";
import { examples } from "./examples.js";
import { isOptional, reference } from "./nodes.js";
import type { ObjectSpec, PropertySpec } from "./spec.js";
import { PACKAGE, type Types } from "./types.js";

type Fields = Record<string, { replaces: boolean }>;

/** What a program can declare: the class that documents it, and what the rules know of its inputs. */
const RESOURCES: {
  kind: DynamicKind;
  className: string;
  fields: Fields;
  example: string;
  listArgs?: string;
}[] = [
  {
    kind: "invocation",
    className: "ChromaSyncInvocation",
    fields: FIELDS,
    example: "repository",
    listArgs: "ListInvocationsArgs",
  },
  // The list itself is no field of the rules: each of its entries has rules of its own.
  {
    kind: "batch",
    className: "ChromaSyncInvocationBatch",
    fields: { ...BATCH_FIELDS, objects: { replaces: false } },
    example: "bucket",
  },
  {
    kind: "source",
    className: "ChromaSyncSource",
    fields: SOURCE_FIELDS,
    example: "site",
    listArgs: "ListSourcesArgs",
  },
  { kind: "file", className: "ChromaSyncFile", fields: FILE_FIELDS, example: "files" },
  { kind: "files", className: "ChromaSyncFiles", fields: FILES_FIELDS, example: "files" },
];

/** The resources of the schema. */
export function resources(declarations: Declarations, types: Types): Record<string, object> {
  return Object.fromEntries(
    RESOURCES.map(({ kind, className, fields, example, listArgs }) => {
      const declared = declarations.get(className, ts.isClassDeclaration);
      const inputs = types.object(reference(`${className}Args`), pluginsName(className));
      markReplacing(className, inputs, fields);
      return [
        `${PACKAGE}:index:${pluginsName(className)}`,
        {
          description: `${manual(declared)}\n\n${examples(example)}`,
          ...outputs(declared, inputs, types),
          inputProperties: inputs.properties,
          requiredInputs: inputs.required,
          ...(listArgs ? { listInputs: types.object(reference(listArgs), listArgs) } : {}),
          // State of the dynamic resource becomes state of this one.
          aliases: [DYNAMIC_TYPES[kind], FORMER_TYPES[kind] ?? []].flat().map((type) => ({ type })),
        },
      ];
    }),
  );
}

/** An output that has the name of an input has its type; without words of its own it has its words too. */
function outputs(declared: ts.ClassDeclaration, inputs: ObjectSpec, types: Types): ObjectSpec {
  const members = declared.members.filter(isOutput);
  const properties = members.map((member): [string, PropertySpec] => {
    const name = member.name.getText();
    const { willReplaceOnChanges: _input, ...same } = inputs.properties[name] ?? { description: "" };
    const type = inputs.properties[name]
      ? same
      : types.spec(member.type!, name, pluginsName(declared.name!.text), false);
    return [name, { ...type, description: manual(member) || same.description }];
  });
  const required = members.filter((member) => !isOptional(member.type!));
  return { properties: Object.fromEntries(properties), required: required.map(({ name }) => name.getText()) };
}

/** What a program reads of a resource: what its state holds, and what its class computes of it. */
function isOutput(member: ts.ClassElement): member is ts.PropertyDeclaration | ts.GetAccessorDeclaration {
  return ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member);
}

function markReplacing(className: string, { properties }: ObjectSpec, fields: Fields): void {
  const names = Object.keys(properties).sort();
  const known = Object.keys(fields).sort();
  if (names.join() !== known.join())
    throw new Error(`${className} documents ${names.join()}, and its rules are of ${known.join()}`);
  for (const name of names) if (fields[name]!.replaces) properties[name]!.willReplaceOnChanges = true;
}
