import type { SimulatedClock } from "./clock.js";
import type { SimulatedService } from "./service.js";

/** The inputs of a resource under test. */
export type Inputs = Record<string, unknown> & { sourceId: string };

/** What a provider process meets. */
export interface Surroundings {
  client: ReturnType<SimulatedService["connect"]>;
  clock: SimulatedClock;
  /** Everything that the process says. */
  said: string[];
  requireEngine(): Promise<void>;
  /** Aborted when the user interrupts the run. */
  cancelled: AbortSignal;
  /** Its disk, and who it is to others that use the same disk. */
  disk: unknown;
  journal: "kept" | "off" | "unwritable";
  stack: string;
  host: string;
  pid: number;
  isAlive(host: string, pid: number): boolean;
}

/** Disks that outlive a process. */
export interface Disks {
  make(): unknown;
  /** Cuts what is on it in half, as a bad disk does. */
  tear(disk: unknown): void;
  /** Takes back what was not made durable, as a machine that fails does. */
  crash?(disk: unknown): void;
  remove(disk: unknown): void;
}

/** A state, and the ids in it: by object key, or the only one by the empty text. */
export interface Made {
  ids: Map<string, string>;
  state: Record<string, unknown>;
  /** Why the resource is not as asked, although it exists. */
  failure?: Error;
}

/** A resource as the engine names it. */
export interface Named {
  kind: "invocation" | "batch";
  urn: string;
}

/** A provider process, as the engine and the program see it. */
export interface Subject {
  create(of: Named, inputs: Inputs): Promise<Made>;
  update(of: Named, state: Record<string, unknown>, inputs: Inputs): Promise<Made>;
  /** What the change does to the resource. */
  diff(of: Named, state: Record<string, unknown>, inputs: Inputs): Promise<"nothing" | "update" | "replace">;
  remove(of: Named, state: Record<string, unknown>): Promise<void>;
  /** The engine has saved the state, and the program's class knows. */
  saved(urn: string, state: Record<string, unknown>): void;
  /** The engine ends the process in order. */
  end(): void;
}
