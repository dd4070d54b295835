import { jobProgress, ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import type { Earlier, Intent } from "../journal/intent.js";
import type { Created } from "./request.js";
import { pauses } from "./settle-time.js";
import { UncertainError } from "./uncertain.js";

/** The invocation that an earlier attempt for the same inputs was given, if its id is known. */
export async function recorded(context: Context, intent: Intent): Promise<Created | undefined> {
  for (const attempt of [...intent.earlier].reverse()) {
    const id = attempt.isSame ? attempt.ids.get("") : undefined;
    if (id === undefined || !(await isThere(context, attempt, id))) continue;
    // What has been cancelled was taken out of a state: nothing is left of it to keep.
    if (await isCancelled(context, id)) {
      attempt.close();
      continue;
    }
    return attempt.adopted.has(id) ? { id, adopted: true } : { id };
  }
  return undefined;
}

async function isCancelled(context: Context, id: string): Promise<boolean> {
  try {
    return jobProgress(await context.client().getInvocation(id)).status === "cancelled";
  } catch {
    return false;
  }
}

/** Whether the service knows an id. It is asked only if the key or the endpoint has changed since. */
export async function isThere(context: Context, attempt: Earlier, id: string): Promise<boolean> {
  if (attempt.isSameAccount) return true;
  for (const pause of pauses(context.settleMs)) {
    await context.sleep(pause, context.cancelled);
    try {
      await context.client().getInvocation(id);
      return true;
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) continue;
      throw new UncertainError(
        `An earlier run started ${id} for this resource with another API key or endpoint, and it could not be read: ${(error as Error).message} ` +
          `The next \`pulumi up\` looks again before it sends anything (GET /api/v1/invocations/${id}).`,
        { cause: error },
      );
    }
  }
  context.warn(
    `An earlier run started ${id} for this resource with another API key or endpoint. The service does not know it with the present ones, so a new invocation is being started.`,
  );
  attempt.close();
  return false;
}
