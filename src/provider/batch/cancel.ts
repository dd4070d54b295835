import { ResponseError } from "../../api/index.js";
import type { BatchRecord } from "../../model/batch-encoding.js";
import { isTerminal } from "../../model/invocation-status.js";
import { concurrently } from "../concurrently.js";
import type { Context } from "../context.js";

const CANCEL_LIMIT_MS = 10_000;
const CONCURRENCY = 32;

/** Cancels the invocations of the records that may still be pending; returns the refusal of the key, if there was one. */
export async function cancelAll(
  context: Context,
  records: BatchRecord[],
): Promise<ResponseError | undefined> {
  const open = records.filter(({ status }) => !isTerminal(status));
  const limit = AbortSignal.timeout(CANCEL_LIMIT_MS);
  const problems: Error[] = [];
  let refused: ResponseError | undefined;
  const cancel = async ({ invocationId }: BatchRecord) => {
    try {
      await context.client().cancelInvocation(invocationId, limit);
    } catch (error) {
      const status = error instanceof ResponseError ? error.status : undefined;
      if (status === 401) refused = error as ResponseError;
      else if (status !== 404 && status !== 412) problems.push(error as Error);
    }
  };
  const rest = await concurrently(open, CONCURRENCY, cancel, () => !refused && !limit.aborted);
  const uncancelled = problems.length + (refused ? 0 : rest.length);
  if (uncancelled > 0)
    context.warn(
      `${uncancelled.toLocaleString("en-US")} invocations were not cancelled and may still run: ${problems[0]?.message ?? "the time for it was up"}`,
    );
  return refused;
}
