/** A mistake that a test makes on a real engine, and what is said of it. */
export interface Mistake {
  /** What it is a mistake about, as a heading. */
  title: string;
  /** The code or setting; empty for the one of the previous mistake. */
  input: string;
  /** The message; "…" stands for what varies. */
  says: string;
}

/** What is said of one input of a resource. */
export function messagesAbout(className: string, input: string, mistakes: Mistake[]): string[] {
  return about(className, mistakes).filter((message) => isOf(message, input));
}

/** What is said of a resource, and of none of its inputs. */
export function otherMistakes(className: string, inputs: string[], mistakes: Mistake[]): string[] {
  return about(className, mistakes).filter((message) => !inputs.some((input) => isOf(message, input)));
}

function about(className: string, mistakes: Mistake[]): string[] {
  const name = new RegExp(`\\b${className}\\b`);
  let code = "";
  const found = mistakes.filter(({ title, input }) => {
    code = input || code;
    return name.test(title) || new RegExp(`\\bnew ${className}\\(`).test(code);
  });
  return [...new Set(found.map(({ says }) => says))];
}

const isOf = (message: string, input: string) => new RegExp(`^${input}(?![A-Za-z])`).test(message);
