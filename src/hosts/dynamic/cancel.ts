/**
 * Aborts at the first Ctrl-C. The engine then calls the host's `cancel`, which the host only answers with
 * an empty message; so this looks for that answer being written. It leans on the SDK's inner shape: where
 * that has changed, nothing aborts, and a cancelled run waits to the end as it does without this.
 */
export function cancelSignal(): AbortSignal {
  const cancelled = new AbortController();
  try {
    const { Empty } = (require.main ?? module).require("google-protobuf/google/protobuf/empty_pb.js");
    const { serializeBinary } = Empty.prototype;
    Empty.prototype.serializeBinary = function (this: unknown, ...rest: unknown[]) {
      // Deletes get the same reply message, after their promise: the host's method is not on their stack.
      if (!cancelled.signal.aborted && /\bcancel\b.*dynamic-provider/.test(new Error().stack ?? ""))
        cancelled.abort();
      return serializeBinary.apply(this, rest);
    };
  } catch {
    // Plain waiting.
  }
  return cancelled.signal;
}
