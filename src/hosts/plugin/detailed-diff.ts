import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Difference, Properties } from "../../provider/resource.js";

const { Kind } = PropertyDiff;

/** The difference by property, as `pulumi preview --diff` shows it. */
export function detailedDiff(
  { changed, replaces }: Difference,
  oldInputs: Properties,
  news: Properties,
): [string, PropertyDiff][] {
  return [...new Set([...changed, ...replaces])].map((property) => {
    // What changed by itself, such as the status, is in no inputs.
    const isInput = property in oldInputs || property in news;
    const kind = kindOf(property in oldInputs, property in news, replaces.includes(property));
    return [property, new PropertyDiff().setKind(kind).setInputdiff(isInput)];
  });
}

function kindOf(before: boolean, after: boolean, replaces: boolean): PropertyDiff.Kind {
  const change = before === after ? "UPDATE" : after ? "ADD" : "DELETE";
  return Kind[replaces ? (`${change}_REPLACE` as const) : change];
}
