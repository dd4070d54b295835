import { PREVIEW_MARK, urnCarried } from "../../model/carried-urn.js";
import type { Properties } from "../../provider/resource.js";

/** What the class sends beside the inputs. */
export interface Carried {
  inputs: Properties;
  /** The resource's URN, or what stands for it in old state. */
  urn: string;
  /** Digests of URNs that it had before. */
  former: string[];
  /** Whether the program runs in a preview. */
  isPreview: boolean;
  /** All that was sent, the same at a preview and after it: the engine compares them. */
  sent: Properties;
}

/** Parts what came from the class, or from a state that it left, for a resource of a type. */
export function carriedBy(properties: Properties, type: string): Carried {
  const { __provider: _text, __urn: text, ...inputs } = properties;
  if (typeof text !== "string") return { inputs, urn: "", former: [], isPreview: false, sent: properties };
  const isPreview = text.endsWith(PREVIEW_MARK);
  const __urn = isPreview ? text.slice(0, -PREVIEW_MARK.length) : text;
  const [urn = "", ...former] = __urn.split(" ");
  return { inputs, urn: urnCarried(urn, type), former, isPreview, sent: { ...properties, __urn } };
}

/** Outputs with the URN: a read and a delete are given them and nothing else. */
export function withUrn(outs: Properties, { __urn: text }: Properties): Properties {
  return typeof text === "string" ? { ...outs, __urn: text.split(" ")[0] } : outs;
}
