import { followEngine } from "../lifetime.js";
import { currentRun } from "./run.js";
import { serve } from "./server.js";

serve().then(({ port }) => {
  // The engine reads the port from the first line, and nothing else.
  console.log(String(port));
  followEngine({ lookEveryMs: 500, gone: () => currentRun().cancel() });
});
