import { remember } from "./api.mjs";
import * as collections from "./collections.mjs";
import * as cost from "./cost.mjs";
import { byId, setAttribute, setText } from "./dom.mjs";
import * as faults from "./faults.mjs";
import { follow } from "./feed.mjs";
import { count, counted } from "./format.mjs";
import * as invocations from "./invocations.mjs";
import * as requests from "./requests.mjs";
import * as sources from "./sources.mjs";
import { progress, store, take } from "./store.mjs";

const SPEAK_MS = 5000;
const WORDS = {
  connecting: "Connecting",
  live: "Live",
  lost: "Not reachable",
  locked: "Locked",
  paused: "Paused",
};

/** @type {Record<string, { render(): void, setUp?(changed: () => void): void, enter?(query: URLSearchParams, parts: string[]): void }>} */
const views = { invocations, collections, sources, requests, faults, cost };
let view = "invocations";
let isLocked = false;
/** Events that came while it was paused. @type {[event: string, data: any][] | undefined} */
let held;
let isDirty = false;

function route() {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...parts] = path.split("/");
  view = name in views ? name : "invocations";
  views[view]?.enter?.(new URLSearchParams(query), parts);
  document.title = `${view[0]?.toUpperCase()}${view.slice(1)} · Chroma Sync emulator`;
  renderSoon();
}

function renderSoon() {
  if (isDirty) return;
  isDirty = true;
  requestAnimationFrame(() => {
    isDirty = false;
    render();
  });
}

function render() {
  for (const name of Object.keys(views)) byId(name).hidden = isLocked || name !== view;
  byId("locked").hidden = !isLocked;
  for (const link of document.querySelectorAll("nav a"))
    setAttribute(link, "aria-current", link.getAttribute("href") === `#/${view}` ? "page" : undefined);
  setText(byId("nav-invocations"), count(progress().all));
  setText(byId("nav-collections"), count(store.collections.size));
  setText(byId("nav-sources"), count(store.sources.length));
  setText(byId("nav-faults"), store.faults.length > 0 ? `${store.faults.length} on` : "");
  byId("nav-faults").className = store.faults.length > 0 ? "on" : "";
  if (!isLocked) views[view]?.render();
}

/** @param {keyof typeof WORDS} state */
function showState(state) {
  byId("live").dataset.state = state;
  setText(byId("live").lastElementChild, WORDS[state]);
}

function connect() {
  follow(
    (event, data) => {
      if (held && event !== "state") return void held.push([event, data]);
      take(event, data);
      renderSoon();
    },
    (state) => {
      isLocked = state === "locked";
      if (!held || state !== "live") showState(state);
      renderSoon();
    },
  );
}

byId("pause").addEventListener("click", () => {
  const waiting = held;
  held = waiting ? undefined : [];
  for (const [event, data] of waiting ?? []) take(event, data);
  setAttribute(byId("pause"), "aria-pressed", String(held !== undefined));
  setText(byId("pause"), held ? "Resume" : "Pause");
  showState(held ? "paused" : "live");
  renderSoon();
});

byId("unlock").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  remember(byId("key").value);
  setText(byId("unlock-error"), "");
  connect();
  setTimeout(() => isLocked && setText(byId("unlock-error"), "The key is not valid."), 500);
});

/** For screen readers: what has changed, now and then, and not each of thousands. */
let spoken = "";
setInterval(() => {
  const { pending = 0, processing = 0, failed = 0 } = store.totals.counts;
  const text = `${counted(pending + processing, "invocation")} under way, ${count(failed)} failed`;
  if (spoken && text !== spoken) setText(byId("spoken"), text);
  spoken = text;
}, SPEAK_MS);
/** Ages grow even if nothing happens. */
setInterval(() => held || document.hidden || renderSoon(), 1000);

for (const one of Object.values(views)) one.setUp?.(renderSoon);
setText(byId("endpoint"), location.origin);
byId("skip").addEventListener("click", (/** @type {Event} */ event) => {
  event.preventDefault();
  byId("main").focus();
});
addEventListener("hashchange", () => {
  route();
  // What was focused may be hidden by now: the keyboard continues from the view, not from the top.
  requestAnimationFrame(() => {
    const focused = document.activeElement;
    if (focused === document.body || !focused?.checkVisibility()) byId("main").focus();
  });
});
route();
connect();
