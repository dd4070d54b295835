/** One mistake, and what the terminal says of it. */
export interface Mistake {
  /** What was done, as TypeScript of a program, a setting or a command. */
  input: string;
  /** The message; "…" stands for what varies. */
  says: string;
}

/** Mistakes that one run of Pulumi shows. */
export interface Group {
  /** What they have in common, as a heading. */
  title: string;
  /** What is run. */
  run: "preview" | "up" | "refresh" | "destroy";
  /**
   * How the engine shows them: a failed check, another error, a reason why what was created is not as asked, a
   * line of its own, or a warning.
   */
  as: "failure" | "error" | "reason" | "line" | "warning";
  mistakes: Mistake[];
  /** The program of these inputs; without it each is a statement of its own. */
  program?: (inputs: string[]) => string;
  /** Settings of the environment of the run; undefined takes one away. */
  environment?: Record<string, string | undefined>;
}

/** Statements of which each may throw: an unhandled rejection does not keep the next one from running. */
export const attempts = (inputs: string[]) =>
  inputs.map((input) => `attempt(() => { ${input} });`).join("\n");
