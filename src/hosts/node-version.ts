const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

// Loaded before undici, which fails on an older Node with an error that names neither itself nor the fix.
if (major < 22 || (major === 22 && minor < 19))
  throw sentence(
    `pulumi-chroma-sync needs Node 22.19 or newer, and Pulumi found ${process.versions.node} at ${process.execPath}: put a newer node first on PATH.`,
  );

/** The engine's host prints the stack of an error. */
function sentence(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
