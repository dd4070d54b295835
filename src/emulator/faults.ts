import { z } from "zod";
import { parse } from "./parse.js";

/** What can go wrong on purpose. */
export const KINDS = [
  "status",
  "delay-before",
  "delay-after",
  "reset-before",
  "reset-after",
  "truncated-body",
  "wrong-content-type",
  "garbage-json",
  "slow-drip",
  "expired-key",
] as const;

const count = z.number().int().min(1);
const faultSchema = z.strictObject({
  operation: z.string().optional(),
  kind: z.enum(KINDS),
  status: z.number().int().min(300).max(599).default(503),
  retryAfter: z.union([z.number().min(0), z.string()]).optional(),
  delayMs: z.number().min(0).default(1000),
  times: count.optional(),
  probability: z.number().min(0).max(1).default(1),
});

/**
 * Something that goes wrong on purpose.
 *
 * - `operation`: an operationId of the API document, such as `create_job`; absent for all.
 * - `kind`: `status` answers with `status` (default 503) without processing; `reset-before` and `reset-after`
 *   end the connection before or after processing; `delay-before` and `delay-after` wait `delayMs` (default
 *   1000) there; `truncated-body`, `wrong-content-type` and `garbage-json` spoil the answer; `slow-drip` sends
 *   it in ten pieces over `delayMs`; `expired-key` answers 401.
 * - `retryAfter`: seconds or a date for `Retry-After`, with `status`.
 * - `times`: how many requests it hits, default all; `probability`: how likely it hits one, default 1.
 */
export type Fault = z.input<typeof faultSchema>;

/** A fault with its defaults, and how many requests it still hits. */
export type ActiveFault = z.output<typeof faultSchema> & { left: number };

/** The faults that are on, in the order in which they were added: the first that fits hits. */
export class Faults {
  #active: ActiveFault[] = [];
  /** Called when the list has changed. */
  onChange: () => void = () => undefined;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Adds a fault; it hits from the next request on. */
  add(fault: Fault): void {
    const checked = parse(faultSchema, fault);
    this.#active.push({ ...checked, left: checked.times ?? Number.POSITIVE_INFINITY });
    this.onChange();
  }

  /** Ends all faults, or those of one kind. */
  clear(kind?: string): void {
    this.#active = kind === undefined ? [] : this.#active.filter((fault) => fault.kind !== kind);
    this.onChange();
  }

  /** The faults that are on. */
  list(): Fault[] {
    return this.#active.map(({ left, ...fault }) =>
      Number.isFinite(left) ? { ...fault, times: left } : fault,
    );
  }

  /** The fault that hits a request of this operation, if one does. */
  take(operation: string | undefined): ActiveFault | undefined {
    const hit = this.#active.find(
      (fault) => (!fault.operation || fault.operation === operation) && this.#random() < fault.probability,
    );
    if (hit && --hit.left <= 0) this.#active = this.#active.filter((fault) => fault !== hit);
    if (hit) this.onChange();
    return hit;
  }
}
