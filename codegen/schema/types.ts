import * as ts from "typescript";
import { type Declarations, manual, pluginsName } from "./declarations.js";
import { members } from "./members.js";
import { alternatives, isAbsence, isLiteral, nameOf, pascal, unwrapped } from "./nodes.js";
import type { ObjectSpec, PropertySpec, TypeSpec } from "./spec.js";

/** The package's name, which begins every token. */
export const PACKAGE = "chroma-sync";

/** TypeScript has one kind of number. */
const INTEGERS = new Set([
  ...["awsCredentialId", "concurrency", "durationMs", "limit", "maxDepth", "maxLines", "maxSizeBytes"],
  ...["pageLimit", "total", "pending", "processing", "complete", "failed", "cancelled"],
]);
/** Secret whatever a program passes them as. */
const SECRETS = new Set(["apiKey", "awsAccessKeyId", "awsSecretAccessKey"]);
/** Names of properties that tell too little to name an enumeration. */
const COMMON = new Set(["onConflict", "type", "model", "status"]);
const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };

/**
 * Types of `sdk/` in the words of the schema; the named ones are kept. What a program gives is one of the
 * words that are known; what the service answers may be another one day, and so is any text.
 */
export class Types {
  readonly specs: Record<string, object> = {};
  readonly #declarations: Declarations;

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
  }

  /** The properties of a map that is called `owner`. */
  object(type: ts.TypeNode, owner: string, given = true): ObjectSpec {
    const all = [...members(type, this.#declarations).values()];
    const property = (member: (typeof all)[number]): PropertySpec => ({
      ...this.spec(member.type, member.name, owner, given),
      description: member.description,
      ...(SECRETS.has(member.name) ? { secret: true } : {}),
    });
    return {
      properties: Object.fromEntries(all.map((member) => [member.name, property(member)])),
      required: all.filter(({ required }) => required).map(({ name }) => name),
    };
  }

  /** The type of a property of an owner. */
  spec(type: ts.TypeNode, name: string, owner: string, given = true): TypeSpec {
    const choices = this.#choices(type);
    const [one] = choices as [ts.TypeNode];
    if (choices.every(isLiteral))
      return given ? this.#enumeration(choices, aliasOf(type) ?? wordsName(name, owner)) : { type: "string" };
    if (choices.every((choice) => this.#isMap(choice))) {
      const named = choices.length === 1 ? nameOf(one) : aliasOf(type);
      return this.#named(type, pluginsName(named ?? owner + pascal(name)), given);
    }
    if (choices.some((choice) => nameOf(choice) === "pulumi.asset.FileAsset"))
      return { $ref: "pulumi.json#/Asset" };
    if (choices.length > 1) {
      const maps = choices.some((choice) => this.#isMap(choice));
      return maps ? { oneOf: choices.map((choice) => this.spec(choice, name, owner, given)) } : ANY;
    }
    if (ts.isArrayTypeNode(one))
      return { type: "array", items: this.spec(one.elementType, name, owner, given) };
    if (nameOf(one) === "Record") {
      const [, value] = (one as ts.TypeReferenceNode).typeArguments!;
      return { type: "object", additionalProperties: this.spec(value!, name, owner, given) };
    }
    if (one.kind === ts.SyntaxKind.StringKeyword) return { type: "string" };
    if (one.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
    if (one.kind === ts.SyntaxKind.NumberKeyword) return { type: INTEGERS.has(name) ? "integer" : "number" };
    if (one.kind === ts.SyntaxKind.AnyKeyword) return ANY;
    throw new Error(`The schema cannot say ${one.getText()} of ${owner}.${name}`);
  }

  #named(type: ts.TypeNode, name: string, given: boolean): TypeSpec {
    const token = `${PACKAGE}:index:${name}`;
    if (!this.specs[token]) {
      const declared = this.#declarations.type(aliasOf(type) ?? "");
      const description = declared ? { description: manual(declared) } : {};
      this.specs[token] = { ...description, type: "object", ...this.object(type, name, given) };
    }
    return { $ref: `#/types/${token}` };
  }

  #enumeration(literals: ts.LiteralTypeNode[], name: string): TypeSpec {
    const token = `${PACKAGE}:index:${name}`;
    const values = literals.map(({ literal }) => (literal as ts.StringLiteral).text);
    const spec = { type: "string", enum: values.map((value) => ({ name: pascal(value), value })) };
    const known = this.specs[token];
    if (known && JSON.stringify(known) !== JSON.stringify(spec))
      throw new Error(`Two types are called ${name}`);
    this.specs[token] = spec;
    return { $ref: `#/types/${token}` };
  }

  /** What a type may be, with names of choices opened and what means absence left out. */
  #choices(type: ts.TypeNode): ts.TypeNode[] {
    return alternatives(type).flatMap((one) => {
      const declared = this.#declarations.type(nameOf(one) ?? "");
      if (declared && ts.isTypeAliasDeclaration(declared) && ts.isUnionTypeNode(declared.type))
        return this.#choices(declared.type);
      return isAbsence(one) ? [] : [one];
    });
  }

  #isMap(type: ts.TypeNode): boolean {
    if (ts.isTypeLiteralNode(type) || ts.isIntersectionTypeNode(type)) return true;
    return this.#declarations.type(nameOf(type) ?? "") !== undefined;
  }
}

function wordsName(name: string, owner: string): string {
  return COMMON.has(name) ? owner + pascal(name) : pascal(name);
}

/** The one name that a type has beside absence. */
function aliasOf(type: ts.TypeNode): string | undefined {
  const named = alternatives(type).filter((one) => !isAbsence(one));
  return named.length === 1 ? nameOf(unwrapped(named[0]!)) : undefined;
}
