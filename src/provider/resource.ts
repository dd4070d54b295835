import type { Context } from "./context.js";

/** Properties of a resource, as a host passes them: plain values. */
export type Properties = Record<string, unknown>;

/** One problem of the inputs. The reason never quotes a value, since any input may be secret. */
export interface Failure {
  property: string;
  reason: string;
}

/** What an update would do to a resource. */
export interface Difference {
  /** Whether there is anything to do. */
  changes: boolean;
  /** The properties whose change makes another resource. */
  replaces: string[];
  /** Every property that changed; `status` if only an unfinished wait makes it a change. */
  changed: string[];
  /** Whether the old resource must be deleted before the new one is created. */
  deleteBeforeReplace?: boolean;
}

/**
 * One kind of resource, for any host. A `urn` is the whole URN, or a digest of it if no line is to be shown
 * on the resource's row. An error with an `id` means that the resource exists, but not as asked.
 */
export interface Resource {
  /** The property of the state that is the resource's id. */
  readonly id: string;
  /** The inputs that are secret whatever the program says, as paths such as `s3.awsSecretAccessKey`. */
  readonly secrets?: readonly string[];
  /** The inputs among properties that may hold more, without those that have no value. */
  inputs(properties: Properties): Properties;
  /** The inputs with what the files of this machine hold that they name. It comes before the check, and never throws. */
  withContent?(news: Properties): Properties;
  /** The problems of the inputs, found before anything is sent. `olds` are the previous inputs, or empty. */
  check(context: Context, urn: string, olds: Properties, news: Properties): Promise<Failure[]>;
  /** Compares a state with new inputs. */
  diff(context: Context, urn: string, olds: Properties, news: Properties): Difference | Promise<Difference>;
  /** Creates the resource from what `inputs` returned; returns its state. */
  create(context: Context, urn: string, inputs: Properties): Promise<Properties>;
  /**
   * The state as the service sees it; undefined if the resource is gone. An empty state means an import or a
   * lookup: the inputs are recovered from the service.
   */
  read(context: Context, id: string, state: Properties): Promise<Properties | undefined>;
  /** Changes the resource in place to what `inputs` returned; returns its state. */
  update(
    context: Context,
    urn: string,
    id: string,
    olds: Properties,
    inputs: Properties,
  ): Promise<Properties>;
  /** Deletes the resource, or lets go of it. */
  delete(context: Context, id: string, state: Properties): Promise<void>;
  /** Says on the row of the resource what a create, or an update of `olds`, will come to. Called at a preview alone. */
  preview?(context: Context, urn: string, inputs: Properties, olds?: Properties): Promise<void>;
  /** The state that a create, or an update of `olds`, will leave; UNKNOWN for what cannot be known yet. */
  planned(inputs: Properties, olds?: Properties): Properties;
}

/** The properties of these names that have a value. */
export function present<Name extends string>(names: readonly Name[], properties: Properties): Properties {
  const found = names.filter((name) => properties[name] !== undefined && properties[name] !== null);
  return Object.fromEntries(found.map((name) => [name, properties[name]]));
}
