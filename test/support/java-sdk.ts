import * as fs from "node:fs";
import * as path from "node:path";
import schema from "../../schema.json";

interface Spec {
  type?: string;
  $ref?: string;
  items?: Spec;
  additionalProperties?: Spec;
  oneOf?: Spec[];
}
type Specs = Record<string, Spec>;

const PACKAGE = "com.pulumi.chromasync";
const PREFIX = "chroma-sync:index:";
const PLAIN: Record<string, string> = {
  string: "String",
  boolean: "Boolean",
  integer: "Integer",
  number: "Double",
};
const types = schema.types as Record<
  string,
  { enum?: { name?: string; value: string }[]; properties?: Specs }
>;

/**
 * Writes Java sources of the names and shapes that Pulumi's generator for Java gives, which is in no registry:
 * the examples compile against them as against what `pulumi package add` writes. Without lookups.
 */
export function writeJavaSdk(folder: string): void {
  const write = (name: string, text: string) => {
    const file = path.join(folder, ...PACKAGE.split("."), ...name.split(".")).concat(".java");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const [inner, outer] = [name.split(".").slice(0, -1), IMPORTS.map((one) => `import ${one};\n`).join("")];
    fs.writeFileSync(file, `package ${[PACKAGE, ...inner].join(".")};\n${outer}${text}`);
  };
  for (const [token, { enum: values, properties = {} }] of Object.entries(types)) {
    const name = token.replace(PREFIX, "");
    if (values) write(`enums.${name}`, enumeration(name, values));
    else {
      write(`inputs.${name}Args`, args(`${name}Args`, properties));
      write(`outputs.${name}`, output(name, properties));
    }
  }
  for (const [token, { inputProperties, properties }] of Object.entries(schema.resources)) {
    const name = token.replace(PREFIX, "");
    write(`${name}Args`, args(`${name}Args`, inputProperties));
    write(name, resource(token, name, properties));
  }
}

const IMPORTS = ["com.pulumi.core.*", "com.pulumi.core.annotations.*", "java.util.*"];

/** The Java type of a value, as its parts and as a text. */
function partsOf(spec: Spec, kind: "inputs" | "outputs"): string[] {
  if (spec.oneOf) return ["Either", ...spec.oneOf.flatMap((one) => partsOf(one, kind))];
  if (spec.items) return ["List", ...partsOf(spec.items, kind)];
  if (spec.additionalProperties) return ["Map", "String", ...partsOf(spec.additionalProperties, kind)];
  if (spec.$ref === "pulumi.json#/Any") return ["Object"];
  if (spec.$ref === "pulumi.json#/Asset") return ["com.pulumi.asset.AssetOrArchive"];
  if (!spec.$ref) return [PLAIN[spec.type!]!];
  const name = spec.$ref.split(":").at(-1)!;
  if (types[PREFIX + name]!.enum) return [`${PACKAGE}.enums.${name}`];
  return [`${PACKAGE}.${kind}.${name}${kind === "inputs" ? "Args" : ""}`];
}

function javaType(spec: Spec, kind: "inputs" | "outputs"): string {
  const [one, ...rest] = partsOf(spec, kind);
  return rest.length > 0 ? `${one}<${rest.join(", ")}>` : one!;
}

function args(name: string, properties: Specs): string {
  const fields = Object.entries(properties).map(([field, spec]) => {
    const type = javaType(spec, "inputs");
    return {
      field: `@Import(name = "${field}") private Output<${type}> ${field};`,
      setters: [
        `public Builder ${field}(Output<${type}> v) { made.${field} = v; return this; }`,
        `public Builder ${field}(${type} v) { return ${field}(Output.of(v)); }`,
        ...(spec.items
          ? [
              `public Builder ${field}(${javaType(spec.items, "inputs")}... v) { return ${field}(List.of(v)); }`,
            ]
          : []),
        ...(spec.oneOf ? [`public Builder ${field}(Boolean v) { return ${field}(Either.ofLeft(v)); }`] : []),
      ],
    };
  });
  return `public final class ${name} extends com.pulumi.resources.ResourceArgs {
  ${fields.map(({ field }) => field).join("\n  ")}
  public static Builder builder() { return new Builder(); }
  public static final class Builder {
    private final ${name} made = new ${name}();
    ${fields.flatMap(({ setters }) => setters).join("\n    ")}
    public ${name} build() { return made; }
  }
}
`;
}

function output(name: string, properties: Specs): string {
  const fields = Object.entries(properties).map(([field, spec]): [string, string] => [
    field,
    javaType(spec, "outputs"),
  ]);
  return `@CustomType
public final class ${name} {
  ${fields.map(([field, type]) => `private ${type} ${field}; public ${type} ${field}() { return ${field}; }`).join("\n  ")}
  @CustomType.Builder
  public static final class Builder {
    private final ${name} made = new ${name}();
    ${fields.map(([field, type]) => `@CustomType.Setter public Builder ${field}(@javax.annotation.Nullable ${type} v) { made.${field} = v; return this; }`).join("\n    ")}
    public ${name} build() { return made; }
  }
}
`;
}

function enumeration(name: string, values: { name?: string; value: string }[]): string {
  const all = values.map((one) => `${one.name}("${one.value}")`).join(", ");
  return `@EnumType
public enum ${name} {
  ${all};
  private final String value;
  ${name}(String value) { this.value = value; }
  @EnumType.Converter public String getValue() { return value; }
}
`;
}

function resource(token: string, name: string, properties: Specs): string {
  const fields = Object.entries(properties).map(([field, spec]) => {
    const parts = partsOf(spec, "outputs");
    const refs = parts.map((part) => `${part}.class`).join(", ");
    const type = javaType(spec, "outputs");
    return `@Export(name = "${field}", refs = { ${refs} }, tree = "[${parts.map((_, index) => index).join(",")}]")
  private Output<${type}> ${field}; public Output<${type}> ${field}() { return ${field}; }`;
  });
  return `@ResourceType(type = "${token}")
public class ${name} extends com.pulumi.resources.CustomResource {
  ${fields.join("\n  ")}
  public ${name}(String name, ${name}Args args) {
    super("${token}", name, args, com.pulumi.resources.CustomResourceOptions.Empty);
  }
}
`;
}
