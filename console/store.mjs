/** What the emulator has told, for all views. */
export const store = {
  /** Oldest first. @type {Map<string, any>} */
  jobs: new Map(),
  /** @type {Map<string, any>} */
  collections: new Map(),
  /** @type {any[]} */
  sources: [],
  /** Oldest first. @type {any[]} */
  requests: [],
  /** @type {any[]} */
  faults: [],
  /** @type {{ counts: Record<string, number>, cost: number }} */
  totals: { counts: {}, cost: 0 },
  /** @type {string[]} */
  kinds: [],
  /** @type {string[]} */
  operations: [],
  /** @type {Record<string, number>} */
  prices: {},
  /** The last job that completed. @type {any} */
  last: undefined,
};

const MOST_JOBS = 5000;
const MOST_REQUESTS = 200;

/** Takes an event of the emulator: all of its state, or what has changed. @param {string} event @param {any} data */
export function take(event, data) {
  if (event === "state") {
    store.jobs = new Map();
    store.collections = new Map();
    store.requests = [];
    Object.assign(store, { kinds: data.kinds, operations: data.operations, prices: data.prices });
  }
  for (const job of data.jobs) takeJob(job);
  for (const id of store.jobs.keys()) {
    if (store.jobs.size <= MOST_JOBS) break;
    store.jobs.delete(id);
  }
  for (const one of data.collections) {
    if (one.deleted) store.collections.delete(collectionKey(one));
    else store.collections.set(collectionKey(one), one);
  }
  store.requests = [...store.requests, ...data.requests].slice(-MOST_REQUESTS);
  store.faults = data.faults;
  store.totals = data.totals;
  if (data.sources) store.sources = data.sources;
}

/** @param {any} job */
function takeJob(job) {
  const before = store.jobs.get(job.id);
  store.jobs.set(job.id, job);
  if (job.cost && !before?.cost) store.last = job;
}

/** @param {{ database: string, name: string }} one */
export const collectionKey = ({ database, name }) =>
  `${encodeURIComponent(database)}/${encodeURIComponent(name)}`;

/** How many invocations the emulator has, and how many of them have ended. */
export function progress() {
  const { pending = 0, processing = 0, ...ended } = store.totals.counts;
  const done = Object.values(ended).reduce((sum, one) => sum + one, 0);
  return { done, all: done + pending + processing };
}

/** What a source reads, in a word or two. @param {any} source */
export function nameOf(source) {
  if (!source) return "";
  const { github, s3, web_scrape } = source;
  if (s3) return `${s3.bucket_name}${s3.path_prefix ? `/${s3.path_prefix}` : ""}`;
  return github?.repository ?? web_scrape?.starting_url ?? "uploads";
}

/** @param {any} source */
export function kindOf(source) {
  const kinds = { s3: "S3", github: "GitHub", web_scrape: "Web", file_upload: "Uploads" };
  return Object.entries(kinds).find(([kind]) => source[kind])?.[1] ?? "";
}
