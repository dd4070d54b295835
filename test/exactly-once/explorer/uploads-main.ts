import { explore } from "./explore.js";
import { uploads } from "./uploads.js";

// The same as main.ts, over files in the place of objects.
const [most = 2, part = 0, parts = 1] = process.argv.slice(2).map(Number);
explore(uploads, 3, most, [part, parts]).then((found) => console.log(JSON.stringify(found)));
