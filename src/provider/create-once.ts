import { type ChromaSyncError, ResponseError, TransportError } from "../api/index.js";
import { payloadOf } from "./canonical.js";
import type { Context } from "./context.js";
import type { InvocationInputs } from "./inputs.js";

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;

/**
 * Posts one invocation and returns its id. It is sent again only where the service certainly did nothing;
 * after any other failure the error says that a job may exist.
 */
export async function createOnce(context: Context, inputs: InvocationInputs): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.client().createInvocation(inputs.sourceId.toLowerCase(), payloadOf(inputs));
    } catch (error) {
      const { outcome } = error as ChromaSyncError;
      if (outcome === "ambiguous") throw uncertain(error as Error, inputs.sourceId);
      if (outcome !== "not-processed" || attempt >= ATTEMPTS || !worthRepeating(error)) throw error;
      await context.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

function worthRepeating(error: unknown): boolean {
  return error instanceof TransportError || (error instanceof ResponseError && error.status === 429);
}

function uncertain(error: Error, sourceId: string): Error {
  return new Error(
    `${error.message} An invocation may exist: look at GET /api/v1/invocations?source_id=${sourceId} before you run again, since every run starts a sync.`,
    { cause: error },
  );
}
