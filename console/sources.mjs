import { byId, list, make, pairs, setText } from "./dom.mjs";
import { counted } from "./format.mjs";
import { kindOf, nameOf, store } from "./store.mjs";

export function render() {
  const counts = new Map();
  for (const job of store.jobs.values()) counts.set(job.source, (counts.get(job.source) ?? 0) + 1);
  list(
    byId("source-cards"),
    store.sources,
    ({ id }) => id,
    createCard,
    (card, one) => setText(card.querySelector("a"), counted(counts.get(one.id) ?? 0, "invocation")),
  );
  if (store.sources.length === 0 && !byId("source-cards").firstChild)
    byId("source-cards").append(
      make("li", { class: "muted" }, "No sources. Declare them in a seed, or create them through the API."),
    );
}

/** @param {any} source */
function createCard(source) {
  const { id, created_at, database_name, embedding, embedding_model: _model, chunking, ...kinds } = source;
  const settings = Object.values(kinds).flatMap((kind) => Object.entries(kind ?? {}));
  /** @type {[string, unknown][]} */
  const facts = [
    ["id", id],
    ["database", database_name],
    ...settings,
    ["chunking", chunking],
    ["embedding", embedding],
    ["created_at", created_at],
  ];
  const shown = facts.filter(([, value]) => value !== null && value !== undefined);
  return make(
    "li",
    {},
    make("span", { class: "tag" }, kindOf(source)),
    make("h2", {}, nameOf(source)),
    make("p", {}, make("a", { href: `#/invocations?source=${encodeURIComponent(id)}` })),
    pairs(shown.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)])),
  );
}
