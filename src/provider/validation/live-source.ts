import { ResponseError, type Source } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import { ConfigError, NO_KEY } from "../config.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { sourceFailures } from "./source-kind.js";

const LONGEST_PAUSE_MS = 800;

/** What the live source says against the inputs; where it cannot be read, a warning. */
export async function liveFailures(context: Context, news: Properties): Promise<Failure[]> {
  try {
    if (!context.hasKey()) {
      context.warnOnce(`Only the offline rules were checked. ${NO_KEY}`);
      return [];
    }
    if (news.sourceId === UNKNOWN) return [];
    return sourceFailures(await knownSource(context, news.sourceId as string), news);
  } catch (error) {
    if (error instanceof ConfigError) return [{ property: "", reason: error.message }];
    if (error instanceof ResponseError && (error.status === 404 || error.status === 401))
      return [{ property: "sourceId", reason: `could not be looked up: ${error.message}` }];
    context.warnOnce(
      `A source could not be read, so only the offline rules were checked: ${(error as Error).message}`,
    );
    return [];
  }
}

/** A source that another run has just created may take a moment to be seen. */
async function knownSource(context: Context, sourceId: string): Promise<Source> {
  for (let pause = 200; ; pause *= 2) {
    try {
      return await context.source(sourceId);
    } catch (error) {
      const unseen = error instanceof ResponseError && error.status === 404;
      if (!unseen || pause > LONGEST_PAUSE_MS) throw error;
      await context.sleep(pause);
    }
  }
}
