/** The failure of a delete that the key stopped, with the way to get rid of the resource without a key. */
export function rejectedKey(error: unknown): Error {
  return new Error(
    `${(error as Error).message} To remove it from the stack without a request, set cancelOnDelete: false and run \`pulumi up\`, or \`pulumi state delete <urn>\`.`,
    { cause: error },
  );
}
