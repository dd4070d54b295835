import * as ts from "typescript";
import { type Declarations, manual } from "./declarations.js";
import { alternatives, isAbsence, isLiteral, nameOf, unwrapped } from "./nodes.js";

/** One property of a map. */
export interface Member {
  name: string;
  type: ts.TypeNode;
  required: boolean;
  description: string;
}

type Members = Map<string, Member>;

/**
 * The members of a map, or of a choice of maps as one: Pulumi's languages know no choice of maps. Of a
 * choice a member is required where each of its parts requires it; else where one does.
 */
export function members(type: ts.TypeNode, declarations: Declarations): Members {
  const one = unwrapped(type);
  const of = (part: ts.TypeNode) => members(part, declarations);
  if (ts.isTypeLiteralNode(one)) return declaredIn(one);
  if (ts.isUnionTypeNode(one)) {
    const parts = one.types.filter((part) => !isAbsence(part)).map(of);
    return merged(parts, (same) => same.length === parts.length && same.every(isRequired));
  }
  if (ts.isIntersectionTypeNode(one)) return merged(one.types.map(of), (same) => same.some(isRequired));
  if (nameOf(one) === "Omit") return withoutNamed(one as ts.TypeReferenceNode, of);
  const declared = declarations.type(nameOf(one) ?? "");
  if (!declared) throw new Error(`The schema cannot say ${one.getText()}`);
  if (ts.isTypeAliasDeclaration(declared)) return of(declared.type);
  const above = (declared.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .map(({ expression }) => expression.getText());
  const inherited = above.map((name) => declaredIn(declarations.type(name) as ts.InterfaceDeclaration));
  return merged([...inherited, declaredIn(declared)], (same) => same.some(isRequired));
}

function withoutNamed({ typeArguments }: ts.TypeReferenceNode, of: (part: ts.TypeNode) => Members): Members {
  const [whole, left] = typeArguments!;
  const words = alternatives(left!).filter(isLiteral);
  const names = words.map(({ literal }) => (literal as ts.StringLiteral).text);
  return new Map([...of(whole!)].filter(([name]) => !names.includes(name)));
}

/** The members of an interface, without those that are declared to be absent. */
function declaredIn(type: ts.InterfaceDeclaration | ts.TypeLiteralNode): Members {
  const found = type.members.filter(ts.isPropertySignature).map(
    (member): Member => ({
      name: member.name.getText(),
      type: member.type!,
      required: !member.questionToken,
      description: manual(member),
    }),
  );
  return new Map(found.filter((member) => !isAbsence(member.type)).map((member) => [member.name, member]));
}

function merged(parts: Members[], required: (same: Member[]) => boolean): Members {
  const names = new Set(parts.flatMap((part) => [...part.keys()]));
  return new Map(
    [...names].map((name) => {
      const same = parts.flatMap((part) => part.get(name) ?? []);
      return [name, joined(same, required(same))];
    }),
  );
}

/** The same member of several maps: its words are all of theirs. */
function joined(same: Member[], required: boolean): Member {
  const words = same.map(({ type }) => type).filter(isLiteral);
  const type = words.length > 1 ? ts.factory.createUnionTypeNode(words) : same[0]!.type;
  return { ...same[0]!, type, required, description: same.find((one) => one.description)?.description ?? "" };
}

const isRequired = ({ required }: Member) => required;
