import type { Context } from "../context.js";
import { withInputs } from "../invocation/state.js";
import { finish } from "../invocation/wait.js";
import { isUnfinished } from "../waiting/settings.js";
import type { FileInputs } from "./inputs.js";
import { type FileState, kept } from "./state.js";

/** Changes settings in place. Uploads nothing, and resumes a wait. */
export async function update(
  context: Context,
  urn: string,
  invocationId: string,
  olds: FileState,
  news: FileInputs,
): Promise<FileState> {
  context.seenInState(invocationId, olds, urn);
  const state = withInputs({ ...olds, invocationId }, kept(news));
  return isUnfinished(news, (status) => state.status === status) ? finish(context, urn, state) : state;
}
