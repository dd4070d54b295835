// Loaded first by every Node process of an engine run, so that NODE_COMPILE_CACHE serves the provider too.
// Pulumi sets this flag while it loads, at another point in each kind of process, and code that was compiled
// without it is of no use with it.
require("node:v8").setFlagsFromString("--allow-natives-syntax");
// The engine kills providers and policy packs: they keep what they have compiled while they run.
if (/dynamic-provider|run-policy-pack|plugin\.cjs/.test(process.argv[1] ?? ""))
  setTimeout(() => require("node:module").flushCompileCache(), 500).unref();
