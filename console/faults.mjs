import { askJson } from "./api.mjs";
import { byId, list, make, setAttribute, setText } from "./dom.mjs";
import { counted } from "./format.mjs";
import { store } from "./store.mjs";

/** @type {Record<string, [name: string, what: string]>} */
const KINDS = {
  status: ["Error status", "Replies with the status above, and does nothing"],
  "expired-key": ["Expired key", "Replies with 401"],
  "delay-before": ["Slow, then done", "Waits for the delay above, and then does it"],
  "delay-after": ["Done, then slow", "Does it, and then waits for the delay above"],
  "reset-before": ["Reset before", "Ends the connection, and does nothing"],
  "reset-after": ["Reset after", "Does it, and ends the connection without a reply"],
  "truncated-body": ["Truncated reply", "Does it, and sends half of the reply"],
  "wrong-content-type": ["Wrong content type", "Does it, and replies as HTML"],
  "garbage-json": ["Malformed JSON", "Does it, and replies with what is not JSON"],
  "slow-drip": ["Slow drip", "Does it, and sends the reply in ten pieces over the delay above"],
};
/** @type {Record<string, object>} */
const OFTEN = {
  every: {},
  1: { times: 1 },
  10: { times: 10 },
  half: { probability: 0.5 },
  tenth: { probability: 0.1 },
};

export function render() {
  const operations = ["", ...store.operations];
  list(
    byId("fault-operation"),
    operations,
    (name) => name,
    (name) => make("option", { value: name }, name || "all"),
  );
  list(
    byId("fault-switches"),
    store.kinds,
    (kind) => kind,
    createSwitch,
    (item, kind) => {
      const [button] = item.children;
      const active = store.faults.filter((fault) => fault.kind === kind);
      setAttribute(button, "aria-checked", String(active.length > 0));
      setText(button.querySelector("em"), active.map(described).join("; "));
    },
  );
}

/** @param {string} kind */
function createSwitch(kind) {
  const [name, what] = KINDS[kind] ?? [kind, ""];
  const track = make("span", { class: "track", "aria-hidden": "true" });
  const text = make("span", {}, make("b", {}, name), make("small", {}, what), make("em"));
  const button = make("button", { type: "button", role: "switch" }, text, track);
  button.addEventListener("click", () => toggle(kind, button.getAttribute("aria-checked") !== "true"));
  return make("li", {}, button);
}

/** @param {string} kind @param {boolean} on */
async function toggle(kind, on) {
  setText(byId("fault-error"), "");
  try {
    const body = JSON.stringify(settings(kind));
    store.faults = await (on
      ? askJson("faults", { method: "POST", body })
      : askJson(`faults?kind=${kind}`, { method: "DELETE" }));
    render();
  } catch (error) {
    setText(byId("fault-error"), String(/** @type {Error} */ (error).message));
  }
}

/** The fault that the form describes. @param {string} kind */
function settings(kind) {
  const operation = byId("fault-operation").value;
  const retry = byId("fault-retry").value;
  return {
    kind,
    ...(operation ? { operation } : {}),
    ...OFTEN[byId("fault-often").value],
    ...(kind === "status" ? { status: Number(byId("fault-status").value) } : {}),
    ...(kind === "status" && retry !== "" ? { retryAfter: Number(retry) } : {}),
    delayMs: Number(byId("fault-delay").value),
  };
}

/** What an active fault hits. @param {any} fault */
function described({ kind, operation, status, retryAfter, delayMs, times, probability }) {
  return [
    kind === "status" ? `${status}${retryAfter === undefined ? "" : `, retry after ${retryAfter} s`}` : "",
    kind.startsWith("delay") || kind === "slow-drip" ? `${delayMs} ms` : "",
    operation ?? "all operations",
    times === undefined ? "" : `${counted(times, "request")} left`,
    probability === 1 ? "" : `${probability * 100}% of the requests`,
  ]
    .filter(Boolean)
    .join(", ");
}
