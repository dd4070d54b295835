import type * as pulumi from "@pulumi/pulumi";
import type { DynamicKind } from "../../src/model/resource-types.js";
import { DYNAMIC_TYPES, FORMER_TYPES } from "../../src/model/resource-types.js";
import { plainValues } from "./plain-values.js";
import { requireReachable } from "./provider-reachable.js";
import { PROVIDER_TEXTS } from "./provider-text.js";
import { declaredUrn } from "./urn.js";

/** What programs call the kinds. */
const CLASS_NAMES: Record<DynamicKind, string> = {
  invocation: "ChromaSyncInvocation",
  batch: "ChromaSyncInvocationBatch",
  source: "ChromaSyncSource",
  file: "ChromaSyncFile",
  files: "ChromaSyncFiles",
  collection: "ChromaSyncedRepository",
};

/** What a kind of resource sends beside its arguments. */
interface Extras {
  /** Outputs that no argument may name: the engine resolves only names that it was given. */
  outputs?: readonly string[];
  /** Puts the arguments, which are plain by then, into the form in which they cross the engine. */
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of any kind.
  inputs?: (args: any) => object;
}

/**
 * What the constructor of a resource whose provider is this package's entry `./dynamic` passes on. Not a
 * class between: the SDK takes the fourth caller of its own constructor for the program.
 *
 * @throws TypeError if arguments hold values that state cannot hold, naming the resource and their paths.
 */
export function declaration(
  kind: DynamicKind,
  name: string,
  args: object | undefined,
  options: pulumi.CustomResourceOptions | undefined,
  { outputs = [], inputs }: Extras = {},
): [type: string, name: string, inputs: object, options: pulumi.CustomResourceOptions] {
  requireReachable();
  const plain = plainValues(args ?? {}, "args", `${CLASS_NAMES[kind]} ${JSON.stringify(name)}`);
  const type = DYNAMIC_TYPES[kind];
  const former = FORMER_TYPES[kind];
  const sent = {
    ...Object.fromEntries(outputs.map((output) => [output, undefined])),
    ...(inputs ? inputs(plain) : plain),
    __provider: PROVIDER_TEXTS[kind],
    __urn: declaredUrn(name, type, options),
  };
  const aliases = [...(options?.aliases ?? []), ...(former ? [{ type: former }] : [])];
  return [type, name, sent, { ...options, aliases }];
}
