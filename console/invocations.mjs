import { byId, list, make, setAttribute, setText } from "./dom.mjs";
import { count, counted, dollars } from "./format.mjs";
import { createRow, NONE, SIGNS, statusOf, updateRow } from "./invocation-row.mjs";
import { nameOf, progress, store } from "./store.mjs";

const PAGE = 100;

/** @type {{ status: string, source: string, key: string }} */
const filter = { status: "", source: "", key: "" };
let shown = PAGE;

/** Wires the filters. @param {() => void} changed */
export function setUp(changed) {
  const refilter = () => {
    shown = PAGE;
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
    history.replaceState(null, "", `#/invocations${query.size > 0 ? `?${query}` : ""}`);
    changed();
  };
  for (const status of Object.keys(SIGNS)) {
    const tile = make(
      "button",
      { type: "button", class: "tile", "data-status": status },
      statusOf(status),
      make("strong"),
    );
    tile.addEventListener("click", () => {
      filter.status = filter.status === status ? "" : status;
      refilter();
    });
    byId("statuses").append(tile);
  }
  byId("filter-source").addEventListener("change", () => {
    filter.source = byId("filter-source").value;
    refilter();
  });
  byId("filter-key").addEventListener("input", () => {
    filter.key = byId("filter-key").value;
    refilter();
  });
  byId("more-invocations").addEventListener("click", () => {
    shown += PAGE;
    changed();
  });
}

/** Takes the filters from the address. @param {URLSearchParams} query */
export function enter(query) {
  for (const name of /** @type {const} */ (["status", "source", "key"])) filter[name] = query.get(name) ?? "";
  byId("filter-key").value = filter.key;
  shown = PAGE;
}

export function render() {
  const { counts, cost } = store.totals;
  for (const tile of byId("statuses").children) {
    const status = tile.getAttribute("data-status");
    setText(tile.lastElementChild, count(counts[status] ?? 0));
    setAttribute(tile, "aria-pressed", String(filter.status === status));
  }
  const { done, all } = progress();
  byId("progress-bar").value = all === 0 ? 0 : done / all;
  setText(byId("progress-text"), `${count(done)} of ${count(all)} have ended`);
  const last = store.last ? `; the last sync $${dollars(store.last.cost.total)}` : "";
  setText(byId("last-cost"), `All of it would cost $${dollars(cost)}${last}`);
  renderSources();
  renderRows();
}

function renderSources() {
  const select = byId("filter-source");
  const options = [
    { id: "", text: "All sources" },
    ...store.sources.map((one) => ({ id: one.id, text: `${nameOf(one)} · ${one.id.slice(-6)}` })),
  ];
  list(
    select,
    options,
    ({ id, text }) => `${id} ${text}`,
    ({ id, text }) => make("option", { value: id }, text),
  );
  if (select.value !== filter.source) select.value = filter.source;
}

function renderRows() {
  const wanted = filter.key.toLowerCase();
  const found = [...store.jobs.values()]
    .reverse()
    .filter(
      (job) =>
        (!filter.status || job.status === filter.status) &&
        (!filter.source || job.source === filter.source) &&
        (!wanted || job.key.toLowerCase().includes(wanted)),
    );
  const sources = new Map(store.sources.map((one) => [one.id, one]));
  const now = Date.now();
  const some = found.slice(0, shown);
  list(
    byId("invocation-rows"),
    some.length > 0 ? some : [NONE],
    ({ id }) => id,
    createRow,
    (row, job) => {
      if (job !== NONE) updateRow(row, job, sources.get(job.source), now);
    },
  );
  const { all } = progress();
  const kept = store.jobs.size < all ? `, of the newest ${count(store.jobs.size)}` : "";
  setText(
    byId("invocations-shown"),
    some.length > 0 ? `${count(some.length)} of ${counted(found.length, "invocation")}${kept}` : "",
  );
  byId("more-invocations").hidden = found.length <= shown;
}
