import { ChromaSyncError, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { Backoff } from "../exactly-once/backoff.js";
import { described } from "./identity.js";
import type { SourceState } from "./state.js";

const ATTEMPTS = 3;
const PAUSE_MS = 1000;

/**
 * Deletes the source. What it has synced stays, and what is running keeps running. A source that was adopted is
 * somebody else's: it is only let go. So is one that this run has just created or adopted, which a forced
 * replacement would otherwise delete after adopting it from itself.
 */
export async function remove(context: Context, sourceId: string, state: SourceState): Promise<void> {
  if (context.createdInRun.has(sourceId)) return;
  if (state.adopted) {
    await context.requireAcceptedKey().catch(rejected);
    context.warn(
      `The ${described(state)} existed before this stack, so it was kept (id ${sourceId}): delete it in the dashboard if it is not needed.`,
    );
    return;
  }
  await warnOfRunning(context, sourceId, state);
  const backoff = new Backoff(context);
  for (let attempt = 1; ; attempt++) {
    try {
      await context.client().deleteSource(sourceId);
      return;
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) return;
      const outcome = error instanceof ChromaSyncError ? error.outcome : "refused";
      if (outcome === "not-processed" && (await backoff.wait(error as Error))) continue;
      if (outcome !== "ambiguous" || attempt >= ATTEMPTS) rejected(error);
      await context.sleep(PAUSE_MS * attempt, context.cancelled);
    }
  }
}

function rejected(error: unknown): never {
  throw new Error(
    `${(error as Error).message} To remove the source from the stack without deleting it: \`pulumi state delete <urn>\`.`,
    { cause: error },
  );
}

async function warnOfRunning(context: Context, sourceId: string, state: SourceState): Promise<void> {
  let running = 0;
  try {
    for (const status of ["pending", "processing"] as const)
      running += (await Array.fromAsync(context.client().invocations({ source_id: sourceId, status })))
        .length;
  } catch {
    // The delete itself says what is wrong.
  }
  if (running > 0)
    context.warn(
      `Deleting the ${described(state)} cancels nothing: ${running.toLocaleString("en-US")} of its invocations are under way and keep running.`,
    );
}
