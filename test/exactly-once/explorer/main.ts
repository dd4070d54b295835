import { explore } from "./explore.js";
import { provider } from "./provider.js";

// All histories with up to two events, and a share of those with three; prints what was found.
async function main(): Promise<void> {
  const pairs = await explore(provider, 3, 2);
  const triples = await explore(provider, 3, 3, [0, 4]);
  console.log(JSON.stringify({ pairs, triples }));
}
void main();
