/** Ends the text that the host prints of an error which is a sentence; nothing shows. */
const END = "\u2063\u2063";

/** What a mistake of this package's code throws, whose stack is needed. */
const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

let isFiltered = false;

/**
 * An error of which the user sees the sentence alone, on the row of its resource. The host also prints
 * `${error}: ${error.stack}` on the row of the stack: the sentence twice, and a stack of which none is the user's.
 */
export function withoutStack(error: unknown): unknown {
  if (!(error instanceof Error) || DEFECTS.some((defect) => error instanceof defect)) return error;
  filterConsole();
  error.stack = END;
  return error;
}

/** Runs a call of which the host prints the stack of what it throws. */
export async function asSentence<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw withoutStack(error);
  }
}

function filterConsole(): void {
  if (isFiltered) return;
  isFiltered = true;
  const { error: print } = console;
  console.error = (...texts: unknown[]) => {
    if (!String(texts.at(-1)).endsWith(END)) print.apply(console, texts);
  };
}
