import { explore } from "./explore.js";
import { provider } from "./provider.js";

// All histories with up to three events; prints what was found.
explore(provider, 3, 3).then((found) => console.log(JSON.stringify(found)));
