import { type ChromaSyncError, ResponseError, TransportError } from "../../api/index.js";
import { urnDigest } from "../../model/urn-digest.js";
import type { Context } from "../context.js";
import type { Creation } from "../exactly-once/creation.js";
import { listedSince, type Mark } from "../exactly-once/mark.js";
import type { InvocationRequest } from "../exactly-once/request.js";
import { sightings } from "../exactly-once/sightings.js";
import { listed } from "../exactly-once/uncertain.js";
import type { Intent } from "../journal/intent.js";
import { listAddress, placeOf } from "../service/place.js";
import type { BatchInputs } from "./inputs.js";
import type { Item } from "./items.js";
import type { BatchKind } from "./kind.js";

/** One start of the objects of a batch. */
export interface BatchSending {
  kind: BatchKind;
  context: Context;
  urn: string;
  inputs: BatchInputs;
  intent: Intent;
  /** Ids that the state of the batch holds already. */
  inState: ReadonlySet<string>;
  /** The request of one object. */
  requestOf(item: Item): Omit<InvocationRequest, "identity">;
  /** Whether an earlier attempt asked for objects that are not asked for now, and of which no id is known. */
  isShared: boolean;
}

/** The objects of a batch as things to create; what is listed in the mark is of none of them. */
export function creationOf(sending: BatchSending, since: Mark): Creation<Item> {
  const { kind, context, urn, inputs, intent, inState, requestOf, isShared } = sending;
  const place = placeOf(inputs);
  const urns = context.urnsOf(urn).map(urnDigest);
  return {
    send(item) {
      const sending = () => intent.sending();
      sending();
      return kind.send(context, item, sending, inputs);
    },
    async look(open) {
      const late = new Map(intent.reread().flatMap(({ ids }) => [...ids]));
      const jobs = await listedSince(context.client(), place, since);
      const isKnownElsewhere = context.knownIds();
      const unattributed = intent.unattributed();
      const isKnown = (id: string) => inState.has(id) || (isKnownElsewhere(id) && !unattributed.has(id));
      const areShared = isShared || since === undefined || context.journal().hasRival(urns, place);
      const unanswered = open.filter(({ part }) => !late.has(part));
      const judge = { requestOf, isKnown, words: listed, isShared: () => areShared };
      const seen = sightings(jobs, unanswered, judge);
      for (const item of open) if (late.has(item.part)) seen.found.set(item, late.get(item.part)!);
      return seen;
    },
    endsAll: (error) => inputs.continueOnError === false || concernsAll(error),
    concurrency: inputs.concurrency ?? kind.concurrency,
    list: listAddress(place),
    advice: `It is not sent again until its ${kind.changes} changes.`,
  };
}

/** Whether the next object would get the same answer. */
function concernsAll(error: Error): boolean {
  if (error instanceof ResponseError) return [401, 403, 404].includes(error.status);
  return error instanceof TransportError || (error as ChromaSyncError).outcome === undefined;
}
