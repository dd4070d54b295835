const MOST = 20;

/**
 * What one policy reports in one run: at most 20 violations, then a count, and why the rule is worth it once.
 * At `up` each resource that violates it is reported, since that alone keeps it from being created.
 */
export class LimitedReport {
  #shown = 0;
  #held = 0;

  constructor(
    readonly reason: string,
    readonly preview: boolean,
  ) {}

  /** The text of a report of the violations of one resource; undefined if there is nothing more to show. */
  text(violations: string[]): string | undefined {
    if (violations.length === 0) return undefined;
    const room = Math.max(this.preview ? 0 : 1, MOST - this.#shown);
    const lines = violations.slice(0, room);
    const more = violations.length - lines.length;
    if (lines.length === 0) {
      this.#held += more;
      return undefined;
    }
    const isFirst = this.#shown === 0;
    this.#shown += lines.length;
    if (more > 0) lines.push(`and ${more} more`);
    if (isFirst) lines.push(`Reason: ${this.reason}.`);
    return lines.join("\n");
  }

  /** How many violations were not shown, as text. */
  rest(): string | undefined {
    return this.#held > 0 ? `and ${this.#held} more` : undefined;
  }
}
