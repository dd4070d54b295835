import { type Job, jobProgress } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import { type Properties, present } from "../resource.js";
import { failureOf } from "../service/failure.js";
import { isUnfinished } from "../waiting/settings.js";
import type { InvocationInputs } from "./inputs.js";

/** What the service said of an invocation. */
export type Seen = {
  invocationId: string;
  status: string;
  createdAt?: string;
  finishedAt?: string;
  durationMs?: number;
  error?: string;
  collectionName?: string;
  /** It was there before this resource. */
  adopted?: true;
};

/** What state holds of an invocation: its inputs and what the service said. */
export type InvocationState = InvocationInputs & Seen;

/** State after reading a job: what the service says, and what it does not return carried over. */
export function withJob<State extends Seen & { metadata?: unknown }>(state: State, job: Job): State {
  const { finishedAt: _finished, durationMs: _duration, error: _error, ...rest } = state;
  const collectionName = job.metadata.collection_name ?? state.collectionName;
  const { error: _raw, ...progress } = jobProgress(job);
  const error = failureOf(job, state.metadata);
  return {
    ...rest,
    ...progress,
    ...(error === undefined ? {} : { error }),
    ...(collectionName ? { collectionName } : {}),
  } as unknown as State;
}

/** What is known of an invocation that is adopted, before it is read. */
export function adoptedAs({ id }: Job): Seen {
  return { invocationId: id, status: "pending", adopted: true };
}

/** What the service said, which a change of inputs does not touch. */
const SEEN = [
  "invocationId",
  "status",
  "createdAt",
  "finishedAt",
  "durationMs",
  "error",
  "collectionName",
  "adopted",
] as const;

/** State after a change of inputs: what the service said stays. */
export function withInputs<Inputs extends object>(olds: Seen, news: Inputs): Inputs & Seen {
  return { ...news, ...(present(SEEN, { ...olds }) as unknown as Seen) };
}

/** The state that a create or an update will leave, as far as it is known. */
export function planned(inputs: InvocationInputs, olds?: InvocationState): Properties {
  const state = olds
    ? withInputs(olds, inputs)
    : {
        ...inputs,
        invocationId: UNKNOWN,
        status: "pending",
        collectionName: inputs.targetCollectionName ?? UNKNOWN,
        ...(inputs.onConflict === "adopt" ? { adopted: UNKNOWN } : {}),
      };
  const adopts = !olds && inputs.adoptInvocationId !== undefined;
  const isRead = adopts || isUnfinished(inputs, (status) => state.status === status);
  const job = {
    status: UNKNOWN,
    createdAt: UNKNOWN,
    finishedAt: UNKNOWN,
    durationMs: UNKNOWN,
    error: UNKNOWN,
  };
  const id = adopts ? { invocationId: inputs.adoptInvocationId, adopted: true } : {};
  return { ...state, ...(isRead ? job : {}), ...id };
}
