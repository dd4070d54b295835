import { byId, list, make, setText } from "./dom.mjs";
import { bytes, count, counted, dollars } from "./format.mjs";
import { nameOf, store } from "./store.mjs";

export function render() {
  const { last, totals, prices } = store;
  const completed = totals.counts.complete ?? 0;
  const tiles = [
    { name: "Last sync", text: last ? `$${dollars(last.cost.total)}` : "–" },
    { name: `All ${counted(completed, "completed sync")}`, text: `$${dollars(totals.cost)}` },
    { name: "Storing it, each month", text: last ? `$${dollars(last.cost.storagePerMonth)}` : "–" },
  ];
  list(
    byId("cost-tiles"),
    tiles,
    (_tile) => String(tiles.indexOf(_tile)),
    () => make("p", { class: "tile" }, make("span"), make("strong")),
    (tile, { name, text }) => {
      setText(tile.firstElementChild, name);
      setText(tile.lastElementChild, text);
    },
  );
  byId("cost-table").hidden = !last;
  setText(
    byId("cost-of"),
    last ? `The last sync: ${last.key} into ${last.collection}` : "No sync has completed yet",
  );
  if (!last) return;
  const { volume, cost } = last;
  const source = store.sources.find(({ id }) => id === last.source);
  setText(
    byId("cost-facts"),
    `${counted(volume.documents, "document")} of ${nameOf(source) || "a deleted source"} in ${counted(volume.chunks, "chunk")}. What is written is text, metadata and a vector of 4 KiB for each chunk; a document that is billed by the page counts as one page.`,
  );
  /** @type {[part: string, amount: string, price: string, sum: number][]} */
  const rows = [
    ["Processing", bytes(volume.bytes), `${prices.processingPerGiB} per GiB`, cost.processing],
    ["Pages", count(volume.pages), `${prices.page} each`, cost.pages],
    ["Writing to the collection", bytes(volume.written), `${prices.writingPerGiB} per GiB`, cost.writing],
    ["Fork of the previous commit", cost.fork > 0 ? "1" : "0", `${prices.fork} each`, cost.fork],
    ["Total", "", "", cost.total],
  ];
  list(
    byId("cost-rows"),
    rows,
    ([part]) => part,
    createRow,
    (row, [, amount, price, sum]) => {
      for (const [index, text] of [amount, price, dollars(sum)].entries())
        setText(row.children[index + 1], text);
    },
  );
}

/** @param {[string, string, string, number]} row */
function createRow([part]) {
  const cells = [1, 2, 3].map(() => make("td", { class: "number" }));
  return make("tr", part === "Total" ? { class: "total" } : {}, make("th", { scope: "row" }, part), ...cells);
}
