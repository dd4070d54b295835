import { byId, list, make } from "./dom.mjs";
import { duration, time } from "./format.mjs";
import { store } from "./store.mjs";

export function render() {
  const requests = [...store.requests].reverse();
  list(byId("request-rows"), requests.length > 0 ? requests : [NONE], ({ id }) => String(id), createRow);
}

const NONE = { id: "none" };

/** @param {any} request */
function createRow(request) {
  if (request === NONE)
    return make("tr", {}, make("td", { class: "empty", colspan: "4" }, "No request has come yet."));
  const { at, method, path, status, ms, fault } = request;
  const kind = status === undefined || status >= 400 ? "failed" : "complete";
  const sign = kind === "failed" ? "✕" : "✓";
  const shown = make(
    "span",
    { class: "status", "data-status": kind },
    make("span", { "aria-hidden": "true" }, sign),
    status === undefined ? "no reply" : String(status),
  );
  return make(
    "tr",
    { role: "row" },
    make("td", { class: "time", role: "cell" }, time(at)),
    make("td", { class: "state", role: "cell" }, shown),
    make(
      "th",
      { scope: "row", class: "what", role: "rowheader" },
      make("span", { class: "mono" }, `${method} ${path}`),
      ...(fault ? [make("span", { class: "error" }, `fault: ${fault}`)] : []),
    ),
    make("td", { class: "number", role: "cell" }, duration(ms)),
  );
}
