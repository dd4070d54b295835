import { ResponseError } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import type { Context } from "../context.js";
import { isTerminal } from "../invocation/state.js";
import { type BatchState, recordsOf } from "./state.js";

const CANCEL_LIMIT_MS = 10_000;
const CONCURRENCY = 32;

/** Cancels the invocations of the records that may still be pending; returns the refusal of the key, if there was one. */
export async function cancelAll(
  context: Context,
  records: BatchRecord[],
): Promise<ResponseError | undefined> {
  const open = records.filter(({ status }) => !isTerminal(status));
  const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
  const wrongs: Error[] = [];
  let refused: ResponseError | undefined;
  let next = 0;
  const worker = async () => {
    while (next < open.length && !refused && !limit.aborted) {
      const record = open[next++]!;
      try {
        await context.client().cancelInvocation(record.invocationId, limit);
      } catch (error) {
        const status = error instanceof ResponseError ? error.status : undefined;
        if (status === 401) refused = error as ResponseError;
        else if (status !== 404 && status !== 412) wrongs.push(error as Error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const uncancelled = wrongs.length + (refused ? 0 : open.length - Math.min(next, open.length));
  if (uncancelled > 0)
    context.warn(
      `${uncancelled.toLocaleString("en-US")} invocations were not cancelled and may still run: ${wrongs[0]?.message ?? "the time for it was up"}`,
    );
  return refused;
}

/** Cancels what may still be pending of a batch. Only a refused key stops the stack, since that is for the user to mend. */
export async function deleteBatch(context: Context, state: BatchState): Promise<void> {
  if (state.run) context.settle(state.run, {});
  if (state.cancelOnDelete === false) return;
  const records = [...recordsOf(state).values()].filter(
    ({ invocationId }) => !context.claimed.has(invocationId),
  );
  const refused = await cancelAll(context, records);
  if (refused)
    throw new Error(
      `${refused.message} To remove it from the stack without a request, set cancelOnDelete: false and run \`pulumi up\`, or \`pulumi state delete <urn>\`.`,
    );
}
