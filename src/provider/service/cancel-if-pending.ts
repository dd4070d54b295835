import { ResponseError } from "../../api/index.js";
import type { Client } from "./client.js";

const CANCEL_LIMIT_MS = 10_000;

/**
 * Cancels an invocation if it is pending: `begun` if the service had begun it, or it had ended, `gone` if the service
 * does not know it. Any other answer is thrown.
 */
export async function cancelIfPending(
  client: Client,
  invocationId: string,
): Promise<"cancelled" | "begun" | "gone"> {
  try {
    await client.cancelInvocation(invocationId, AbortSignal.timeout(CANCEL_LIMIT_MS));
    return "cancelled";
  } catch (error) {
    const status = error instanceof ResponseError ? error.status : undefined;
    if (status === 412) return "begun";
    if (status === 404) return "gone";
    throw error;
  }
}
