import { UNKNOWN } from "../../model/unknown.js";
import { type Seen, withInputs } from "../invocation/state.js";
import type { Properties } from "../resource.js";
import { isUnfinished } from "../waiting/settings.js";
import type { FileInputs } from "./inputs.js";

/** What state holds of a file: its inputs but the file itself, and what the service said. */
export type FileState = Omit<FileInputs, "file"> & Seen;

/** The inputs as state holds them: what was uploaded is known by its hash. */
export function kept(inputs: FileInputs): Omit<FileInputs, "file"> {
  const { file: _content, ...rest } = inputs;
  return rest;
}

/** The state that a create or an update will leave, as far as it is known. */
export function planned(inputs: FileInputs, olds?: FileState): Properties {
  const { adoptInvocationId: adopts } = inputs;
  const state = olds
    ? withInputs(olds, kept(inputs))
    : { ...kept(inputs), invocationId: adopts ?? UNKNOWN, status: "pending" };
  const isRead = (!olds && adopts) || isUnfinished(inputs, (status) => state.status === status);
  if (!isRead) return state;
  const job = { createdAt: UNKNOWN, finishedAt: UNKNOWN, durationMs: UNKNOWN, error: UNKNOWN };
  return { ...state, status: UNKNOWN, ...job, ...(!olds && adopts ? { adopted: true } : {}) };
}
