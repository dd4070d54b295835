import { askJson } from "./api.mjs";
import { byId, list, make, marked, pairs, setAttribute, setText } from "./dom.mjs";
import { count, counted } from "./format.mjs";
import { collectionKey, store } from "./store.mjs";

const PAGE = 50;
const TYPING_MS = 200;

/** The collection that is open. @type {{ database: string, name: string } | undefined} */
let open;
let asked = "";
let limit = PAGE;
/** @type {number | undefined} */
let timer;
let turn = 0;

/** Wires the search. @param {() => void} _changed */
export function setUp(_changed) {
  byId("chunk-text").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(PAGE), TYPING_MS);
  });
  byId("more-chunks").addEventListener("click", () => load(limit + PAGE));
}

/** Opens the collection of the address. @param {URLSearchParams} _query @param {string[]} parts */
export function enter(_query, [database, name]) {
  const before = open;
  open =
    database && name ? { database: decodeURIComponent(database), name: decodeURIComponent(name) } : undefined;
  if (before && open && collectionKey(before) === collectionKey(open)) return;
  byId("chunk-text").value = "";
  byId("chunks").replaceChildren();
  asked = "";
  limit = PAGE;
}

export function render() {
  const all = [...store.collections.values()];
  // With nothing chosen the first one is open.
  open ??= all[0] && { database: all[0].database, name: all[0].name };
  const key = open && collectionKey(open);
  list(
    byId("collection-list"),
    all,
    (/** @type {any} */ one) => collectionKey(one),
    createPick,
    (pick, one) => {
      const [link] = pick.children;
      setAttribute(link, "aria-current", collectionKey(one) === key ? "true" : undefined);
      setText(link.children[1], count(one.chunks));
    },
  );
  const one = key === undefined ? undefined : store.collections.get(key);
  setText(byId("collection-name"), open?.name ?? "Nothing has been synced");
  const finished = one?.finished ? "; a GitHub or web sync has completed" : "";
  const facts = one
    ? `Database ${one.database}; ${counted(one.chunks, "chunk")}${finished}`
    : open
      ? "It does not exist, or was deleted"
      : "";
  setText(byId("collection-facts"), facts);
  byId("chunk-search").hidden = !one;
  // Loaded again when it has changed, and not otherwise.
  const version = `${key} ${one?.chunks}`;
  if (one && version !== asked) {
    asked = version;
    load(limit);
  }
}

/** @param {any} one */
function createPick(one) {
  const name = make("span", {}, one.name);
  const chunks = make("span", { class: "number" });
  return make(
    "li",
    {},
    make("a", { href: `#/collections/${collectionKey(one)}` }, name, chunks, make("small", {}, one.database)),
  );
}

/** Loads the first chunks that are searched for. @param {number} most */
async function load(most) {
  // Whatever was about to be searched for is searched for now.
  clearTimeout(timer);
  if (!open || !store.collections.has(collectionKey(open))) return;
  limit = most;
  const search = byId("chunk-text").value;
  const query = new URLSearchParams({ database: open.database, limit: String(most), search });
  const own = ++turn;
  try {
    const { chunks, total } = await askJson(`collections/${encodeURIComponent(open.name)}?${query}`);
    // Another search may have been quicker.
    if (own === turn) show(chunks, total, search);
  } catch (error) {
    if (own === turn) setText(byId("chunks-shown"), String(/** @type {Error} */ (error).message));
  }
}

/** @param {any[]} chunks @param {number} total @param {string} search */
function show(chunks, total, search) {
  setText(
    byId("chunks-shown"),
    `${count(chunks.length)} of ${counted(total, "chunk")}${search ? " found" : ""}`,
  );
  list(
    byId("chunks"),
    chunks,
    ({ id }) => `${search} ${id}`,
    ({ id, document: text, metadata }) => {
      const values = Object.entries(metadata).map(
        ([name, value]) => /** @type {[string, string]} */ ([name, String(value)]),
      );
      return make(
        "li",
        {},
        make("h3", {}, marked(id, search)),
        make("pre", {}, marked(text, search)),
        pairs(values, search),
      );
    },
  );
  byId("more-chunks").hidden = chunks.length >= total;
}
