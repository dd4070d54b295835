import { UNKNOWN } from "../../model/unknown.js";
import type { Context } from "../context.js";
import { sizeText } from "../waiting/bytes.js";
import type { FileInputs } from "./inputs.js";
import { lookAt } from "./local-file.js";
import type { FileState } from "./state.js";

/** Says what will be uploaded, and where to. */
export async function preview(
  context: Context,
  urn: string,
  inputs: FileInputs,
  olds?: FileState,
): Promise<void> {
  const { contentHash, filename, collectionName, adoptInvocationId } = inputs;
  if (olds || adoptInvocationId || !contentHash || contentHash === UNKNOWN) return;
  const where = collectionName === UNKNOWN ? "" : ` into ${collectionName}`;
  context.info(urn, `uploads ${filename}, ${sizeText(lookAt(inputs.file).size)},${where}`.replace(/,$/, ""));
}
