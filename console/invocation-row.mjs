import { make, setText } from "./dom.mjs";
import { age, duration } from "./format.mjs";
import { collectionKey, kindOf, nameOf } from "./store.mjs";

/** Each status has a sign, so that color is not all that tells them apart. */
export const SIGNS = { pending: "◷", processing: "◐", complete: "✓", failed: "✕", cancelled: "⊘" };

/** Stands for the row that says that there is none. */
export const NONE = { id: "none" };

/** @param {any} job */
export function createRow(job) {
  if (job === NONE) {
    const text = "No invocation. Run a program against the endpoint above, or clear the filters.";
    return make("tr", { role: "row" }, make("td", { class: "empty", colspan: "6", role: "cell" }, text));
  }
  const cell = (/** @type {string} */ name, /** @type {Node[]} */ ...children) =>
    make("td", { class: name, role: "cell" }, ...children);
  return make(
    "tr",
    { role: "row" },
    cell("state", statusOf(job.status)),
    make(
      "th",
      { scope: "row", class: "what", role: "rowheader", title: job.id },
      make("span", { class: "mono" }),
      make("span", { class: "error" }),
    ),
    cell(
      "collection",
      make(
        "a",
        { href: `#/collections/${collectionKey({ database: job.database, name: job.collection })}` },
        job.collection,
      ),
    ),
    cell("source"),
    cell("age number"),
    cell("took number"),
  );
}

/** @param {any} row @param {any} job @param {any} source @param {number} now */
export function updateRow(row, job, source, now) {
  const [state, what, , from, old, took] = row.children;
  if (state.firstElementChild.getAttribute("data-status") !== job.status)
    state.replaceChildren(statusOf(job.status));
  setText(what.firstElementChild, shortened(job.key));
  setText(what.lastElementChild, job.error ?? "");
  what.lastElementChild.hidden = !job.error;
  setText(from, source ? `${kindOf(source)} ${nameOf(source)}` : "deleted");
  setText(old, age(now - job.createdAt));
  setText(took, job.durationMs === undefined ? "–" : duration(job.durationMs));
}

/** A commit by its first letters. @param {string} key */
const shortened = (key) => (/^[0-9a-f]{40}$/.test(key) ? key.slice(0, 12) : key);

/** @param {string} status */
export function statusOf(status) {
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (status)] ?? "?";
  return make(
    "span",
    { class: "status", "data-status": status },
    make("span", { "aria-hidden": "true" }, sign),
    status,
  );
}
