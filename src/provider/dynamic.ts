import "./node-version.js";
import { log } from "@pulumi/pulumi";
import { check } from "./check.js";
import { type Context, createContext } from "./context.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { InitFailure } from "./init-failure.js";
import type { InvocationState } from "./inputs.js";
import { read } from "./read.js";
import { inputsOf } from "./state.js";
import { update } from "./update.js";

type Properties = Record<string, unknown>;

let context: Context = createContext(() => undefined, log.warn);

/** On the init-failure path the host does not add the provider's text, and without it the resource can never be read or deleted. */
function carryText(inputs: Properties): (error: unknown) => never {
  return (error) => {
    if (error instanceof InitFailure) Object.assign(error.properties, { __provider: inputs.__provider });
    throw error;
  };
}

function stateOf(properties: Properties): InvocationState {
  return properties as unknown as InvocationState;
}

function payload({ __provider: _, ...inputs }: Properties): Properties {
  return inputs;
}

/**
 * The provider of `ChromaSyncInvocation` as the engine's dynamic host loads it: the text in every
 * resource's state names this export. Its name and meaning never change.
 */
export const invocation = {
  // The host hands out the provider before this has finished, so all it does is keep the reader.
  async configure(request: { config: { get(name: string): string | undefined } }) {
    context = createContext((name) => request.config.get(name), log.warn);
  },
  async check(olds: Properties, news: Properties) {
    const failures = await check(context, olds, payload(news));
    // The engine prints the value of a property that a failure names, even a secret one: it is told none.
    const sentences = failures.map(({ property, reason }) => ({
      property: "",
      reason: `${property} ${reason}`.trim(),
    }));
    return { inputs: news, failures: sentences };
  },
  async diff(_id: string, olds: Properties, news: Properties) {
    return diff(context, olds, payload(news));
  },
  async create(inputs: Properties) {
    const outs = await create(context, inputsOf(inputs)).catch(carryText(inputs));
    return { id: outs.invocationId, outs };
  },
  async read(id: string, properties: Properties) {
    return { id, props: await read(context, id, stateOf(properties)) };
  },
  async update(id: string, olds: Properties, news: Properties) {
    return { outs: await update(context, id, stateOf(olds), inputsOf(news)).catch(carryText(news)) };
  },
  async delete(id: string, properties: Properties) {
    await remove(context, id, stateOf(properties));
  },
};
