// The parts of Pulumi's package schema that are used here; its own description is
// https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/.

/** A type, by what it is or by reference. */
export interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}

/** An input or output. */
export interface PropertySpec extends TypeSpec {
  description: string;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

/** What a map holds. */
export interface ObjectSpec {
  properties: Record<string, PropertySpec>;
  required: string[];
}
