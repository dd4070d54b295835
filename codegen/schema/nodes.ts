import * as ts from "typescript";

/** `pulumi.Input<T>` and others like it are T: in the schema every input may be one. */
export function unwrapped(type: ts.TypeNode): ts.TypeNode {
  if (ts.isParenthesizedTypeNode(type)) return unwrapped(type.type);
  const isWrapper = ["pulumi.Input", "pulumi.Output", "pulumi.Unwrap", "Promise"].includes(
    nameOf(type) ?? "",
  );
  return isWrapper ? unwrapped((type as ts.TypeReferenceNode).typeArguments![0]!) : type;
}

/** What a type may be, without what wraps it. */
export function alternatives(type: ts.TypeNode): ts.TypeNode[] {
  const one = unwrapped(type);
  return ts.isUnionTypeNode(one) ? one.types.flatMap(alternatives) : [one];
}

/** The name of a type that has one. */
export function nameOf(type: ts.TypeNode): string | undefined {
  if (!ts.isTypeReferenceNode(type)) return undefined;
  return entityName(type.typeName);
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}

/** A type by its name. */
export const reference = (name: string): ts.TypeNode => ts.factory.createTypeReferenceNode(name);

/** One word that a text may be. */
export function isLiteral(type: ts.TypeNode): type is ts.LiteralTypeNode {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal);
}

/** `undefined`, `null` or `never`: absence, which the schema says by what is required. */
export function isAbsence(type: ts.TypeNode): boolean {
  const isNull = ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
  return isNull || [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.NeverKeyword].includes(type.kind);
}

/** Whether a value of the type may be absent. */
export const isOptional = (type: ts.TypeNode): boolean => alternatives(type).some(isAbsence);

/** The name of a type or of an enumeration's value. */
export function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
