import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";

/** What earlier runs of a resource have started and no state holds: a create finds it, and starts nothing anew. */
export function earlierIds(context: Context, urn: string, place: string): Set<string> {
  const urns = context.urnsOf(urn).map(urnDigest);
  const asked = { inputs: "", account: context.account(), sourceId: place };
  return new Set(
    context
      .journal()
      .open(urns, asked)
      .flatMap(({ ids }) => [...ids.values()]),
  );
}
