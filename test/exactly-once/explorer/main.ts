import { explore } from "./explore.js";
import { provider } from "./provider.js";

// All histories with up to so many events, or one part of them; prints what was found.
const [most = 3, part = 0, parts = 1] = process.argv.slice(2).map(Number);
explore(provider, 3, most, [part, parts]).then((found) => console.log(JSON.stringify(found)));
