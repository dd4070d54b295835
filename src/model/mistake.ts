/**
 * An error that reaches the terminal as its message alone: of what is thrown once the program has ended, Pulumi
 * prints the stack, in which nothing is the program's.
 */
export function sentence<T extends Error>(error: T): T {
  error.stack = error.message;
  return error;
}

/** A mistake of a program: Pulumi prints the message of a TypeError like this, and no stack. */
export function mistake(message: string): TypeError {
  return Object.assign(new TypeError(message), { __pulumiRunError: true });
}
