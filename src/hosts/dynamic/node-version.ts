import { withoutStack } from "./without-stack.js";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

// Loaded before undici, which fails on an older Node with an error that names neither itself nor the fix.
if (major < 22 || (major === 22 && minor < 19))
  throw withoutStack(
    new Error(
      `pulumi-chroma-sync needs Node 22.19 or newer, and Pulumi found ${process.versions.node} at ${process.execPath}: put a newer node first on PATH.`,
    ),
  );
