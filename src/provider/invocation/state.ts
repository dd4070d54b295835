import { type Job, jobProgress } from "../../api/index.js";
import { FIELD_NAMES, type InvocationInputs, type InvocationState } from "./inputs.js";

const TERMINAL = new Set(["complete", "failed", "cancelled"]);

/** Whether an invocation with this status changes no more. */
export function isTerminal(status: unknown): boolean {
  return TERMINAL.has(status as string);
}

/** The inputs among properties that may hold more. */
export function inputsOf(properties: object): InvocationInputs {
  const all = properties as Record<string, unknown>;
  const present = FIELD_NAMES.filter((field) => all[field] !== undefined && all[field] !== null);
  return Object.fromEntries(present.map((field) => [field, all[field]])) as unknown as InvocationInputs;
}

/** State after reading a job: what the service says, and what it does not return carried over. */
export function withJob(state: InvocationState, job: Job): InvocationState {
  const { finishedAt: _finished, durationMs: _duration, error: _error, ...rest } = state;
  const collectionName = job.metadata.collection_name ?? state.collectionName;
  return { ...rest, ...jobProgress(job), ...(collectionName ? { collectionName } : {}) };
}
