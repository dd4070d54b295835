import { UNKNOWN } from "../../model/unknown.js";
import type { Properties } from "../resource.js";
import { lookAt } from "./local-file.js";

/**
 * Inputs with what the file holds now, so that a preview shows a change of it, and that an update uploads what was
 * previewed. What cannot be read is for the check to say.
 */
export function withContent(news: Properties): Properties {
  const { contentHash: _given, ...inputs } = news;
  if (inputs.file === undefined) return inputs;
  if (isUnknown(inputs.file)) return { ...inputs, contentHash: UNKNOWN };
  try {
    const { contentHash, name } = lookAt(inputs.file);
    return { ...inputs, contentHash, ...(inputs.filename || !name ? {} : { filename: name }) };
  } catch {
    return inputs;
  }
}

function isUnknown(file: unknown): boolean {
  const { text, path } = (typeof file === "object" ? file : { path: file }) as {
    text?: unknown;
    path?: unknown;
  };
  return text === UNKNOWN || path === UNKNOWN;
}
