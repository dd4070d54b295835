import type { Context } from "../context.js";
import type { SourceInputs } from "./inputs.js";
import type { SourceState } from "./state.js";

/** Notes where a source is created: what an earlier one has synced there is in the way of this one's syncs. */
export async function preview(
  context: Context,
  _urn: string,
  { databaseName, github, webScrape }: SourceInputs,
  olds?: SourceState,
): Promise<void> {
  if (olds || (!github && !webScrape)) return;
  const planned = { database_name: databaseName, source_type: github ? "github" : "web_scrape" } as const;
  const isNew = (one: typeof planned) => JSON.stringify(one) !== JSON.stringify(planned);
  if (context.plannedSources.every((one) => isNew(one as typeof planned)))
    context.plannedSources.push(planned);
}
