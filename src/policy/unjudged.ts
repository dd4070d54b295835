/** Called with the reason why a rule could not judge something. */
export type NotJudged = (why: Error) => void;

/** Something that a rule needs and that neither inputs nor state tell. */
export class NotJudgedError extends Error {
  override name = "NotJudgedError";
}

/** Whether an error is the one that the SDK throws when a value is read that is not known at preview. */
export function isUnknownValue(error: unknown): error is Error {
  return error instanceof Error && "unknownTypeSentinel" in error;
}

/** Without anyone to call, an unknown value throws as it does anywhere in a policy. */
export const throwUnknown: NotJudged = (why) => {
  if (isUnknownValue(why)) throw why;
};

/** Does something with each of several things; one that cannot be judged does not keep it from the others. */
export function withEach<T>(things: Iterable<T>, use: (thing: T) => void, notJudged: NotJudged): void {
  let first: Error | undefined;
  for (const thing of things)
    try {
      use(thing);
    } catch (error) {
      if (!isUnknownValue(error) && !(error instanceof NotJudgedError)) throw error;
      first ??= error;
    }
  if (first) notJudged(first);
}

/** A value that may not be readable, and nothing in its place. */
export function readable<T>(read: () => T, notJudged: NotJudged): T | undefined {
  let value: T | undefined;
  withEach(
    [read],
    () => {
      value = read();
    },
    notJudged,
  );
  return value;
}
