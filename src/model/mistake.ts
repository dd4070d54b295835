/** A mistake of a program: Pulumi prints the message of a TypeError like this, and no stack. */
export function mistake(message: string): TypeError {
  return Object.assign(new TypeError(message), { __pulumiRunError: true });
}
