const TERMINAL = new Set(["complete", "failed", "cancelled"]);

/** Whether an invocation with this status changes no more. */
export function isTerminal(status: unknown): boolean {
  return TERMINAL.has(status as string);
}
