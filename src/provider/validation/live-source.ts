import { isAnotherServer, ResponseError, type Source } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import { ConfigError, NO_KEY } from "../config.js";
import type { Context } from "../context.js";
import type { Failure } from "../resource.js";

const LONGEST_PAUSE_MS = 800;

/** What the live source has against the inputs; if it cannot be read, a warning. */
export async function liveFailures(
  context: Context,
  sourceId: unknown,
  judge: (source: Source) => Failure[],
): Promise<Failure[]> {
  try {
    if (!context.hasKey()) {
      context.warnOnce(`Only the offline rules were checked. ${NO_KEY}`);
      return [];
    }
    if (sourceId === UNKNOWN) return [];
    return judge(await knownSource(context, sourceId as string));
  } catch (error) {
    const failure = connectionFailure(error);
    if (failure) return [failure];
    if (error instanceof ResponseError && error.status === 404)
      return [
        {
          property: "sourceId",
          reason: `is not known to the service: check the id, and that the API key belongs to the team that owns the source (${error.evidence})`,
        },
      ];
    context.warnOnce(
      `A source could not be read, so only the offline rules were checked: ${(error as Error).message}`,
    );
    return [];
  }
}

/** What fails whatever the inputs are: the configuration, the key, or a server that is another. */
export function connectionFailure(error: unknown): Failure | undefined {
  const isRejection = error instanceof ResponseError && error.status === 401;
  if (isRejection || error instanceof ConfigError || isAnotherServer(error))
    return { property: "", reason: (error as Error).message };
  return undefined;
}

/** A source that another run has just created may take a moment to be seen. */
async function knownSource(context: Context, sourceId: string): Promise<Source> {
  for (let pause = 200; ; pause *= 2) {
    try {
      return await context.source(sourceId);
    } catch (error) {
      const unseen = error instanceof ResponseError && error.status === 404 && !isAnotherServer(error);
      if (!unseen || pause > LONGEST_PAUSE_MS) throw error;
      await context.sleep(pause);
    }
  }
}
