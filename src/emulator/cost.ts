import { appends, type State } from "./state.js";
import type { StoredJob } from "./stored.js";

/** List prices in US dollars, those of docs/cost.md. */
export const PRICES = {
  processingPerGiB: 0.04,
  page: 0.01,
  writingPerGiB: 2.5,
  storagePerGiBMonth: 0.33,
  fork: 0.03,
};

/** What an invocation costs by the list prices, in US dollars. */
export interface Cost {
  processing: number;
  pages: number;
  writing: number;
  fork: number;
  total: number;
  /** What keeping it costs each month; not part of the total. */
  storagePerMonth: number;
}

const GIB = 2 ** 30;

/** What a job costs in the service; undefined if it has not completed. */
export function costOf(state: State, job: StoredJob): Cost | undefined {
  const { volume, status } = job;
  if (!volume || typeof status === "string" || !("complete" in status)) return undefined;
  const parts = {
    processing: (volume.bytes / GIB) * PRICES.processingPerGiB,
    pages: volume.pages * PRICES.page,
    writing: (volume.written / GIB) * PRICES.writingPerGiB,
    fork: isFork(state, job) ? PRICES.fork : 0,
  };
  return {
    ...parts,
    total: parts.processing + parts.pages + parts.writing + parts.fork,
    storagePerMonth: (volume.written / GIB) * PRICES.storagePerGiBMonth,
  };
}

/** Each commit of a GitHub source but the first is a fork of the previous one. */
function isFork(state: State, job: StoredJob): boolean {
  if (appends(job.source) || !job.source.github) return false;
  const before = state.jobsOfSource.get(job.sourceId) ?? [];
  return before.slice(0, before.indexOf(job)).some(({ volume }) => volume !== undefined);
}
