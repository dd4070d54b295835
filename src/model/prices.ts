/** List prices in US dollars, those of docs/cost.md. */
export const PRICES = { processingPerGiB: 0.04, page: 0.01, writingPerGiB: 2.5 };
