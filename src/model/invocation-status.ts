const TERMINAL = new Set(["complete", "failed", "cancelled"]);

/** Whether an invocation with this status changes no more. */
export function isTerminal(status: unknown): boolean {
  return TERMINAL.has(status as string);
}

/** Whether state, of one invocation or of many, holds one that may still change. */
export function isUnfinished(state: Record<string, unknown>): boolean {
  const { pending = 0, processing = 0 } = (state.counts ?? {}) as Record<string, number>;
  return pending + processing > 0 || (typeof state.status === "string" && !isTerminal(state.status));
}
