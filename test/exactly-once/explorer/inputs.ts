import type { History, Run } from "./history.js";
import type { Inputs } from "./subject.js";

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-00000000aaaa";

/** Inputs whose text has more than one Unicode form, and whose metadata has a list. */
export function inputsOf(kind: History["world"]["kind"], name: Run["inputs"]): Inputs {
  const triggers = name === "A with other triggers" ? [2] : [1];
  if (kind === "batch")
    return {
      sourceId: SOURCE,
      objects: [
        { objectKey: "cafe\u0301.md", version: name === "A with other triggers" ? "2" : "1" },
        { objectKey: "b.md", version: "1" },
      ],
      metadata: name === "B" ? { v: "b" } : { v: "a" },
    };
  if (kind === "s3")
    return {
      sourceId: SOURCE,
      objectKey: "cafe\u0301.md",
      customId: "c",
      metadata: name === "B" ? { v: "b" } : { v: "a", list: ["x", "y"] },
      triggers,
    };
  const letter = name === "B" ? "b" : "a";
  return {
    sourceId: SOURCE,
    targetCollectionName: `docs-${letter}`,
    refIdentifier: { branch: letter },
    triggers,
  };
}

/** What a resource of the other kind asks for if it syncs the same object: a batch for a single one, or the reverse. */
export function otherKindOf(kind: History["world"]["kind"]): Inputs {
  const objectKey = "cafe\u0301.md";
  return kind === "batch"
    ? { sourceId: SOURCE, objectKey, metadata: { v: "a" }, triggers: [1] }
    : {
        sourceId: SOURCE,
        objects: [{ objectKey, customId: "c", metadata: { v: "a", list: ["x", "y"] } }],
      };
}

/** What is asked for a part of a resource: of a batch, the other triggers are another version of its first object. */
export function askedFor(name: Run["inputs"], part: string): string {
  return part === "b.md" && name === "A with other triggers"
    ? `${part} A`
    : [part, name].filter(Boolean).join(" ");
}
