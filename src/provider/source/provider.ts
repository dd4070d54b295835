import { printable } from "../../api/errors.js";
import type { Surroundings } from "../context.js";
import { whileRunning } from "../host/lifetime.js";
import { inputsOf, withoutKeys } from "./canonical.js";
import { check } from "./check.js";
import { createSourceContext } from "./context.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import type { SourceState } from "./inputs.js";
import { read } from "./read.js";

type Properties = Record<string, unknown>;

const stateOf = (properties: Properties) => properties as unknown as SourceState;

function inputsIn({ __provider: _text, ...inputs }: Properties): Properties {
  return inputs;
}

/** The provider of `ChromaSyncSource` as the engine's dynamic host calls it. */
export function sourceProvider(surroundings: Surroundings) {
  let context = createSourceContext(() => undefined, surroundings);
  return {
    // The host hands out the provider before this has finished, so all it does is keep the reader.
    async configure(request: { config: { get(name: string): string | undefined } }) {
      context = createSourceContext((name) => request.config.get(name), surroundings);
    },
    async check(olds: Properties, news: Properties) {
      const failures = await check(context, olds, inputsIn(news));
      // The engine prints the value of a property that a failure names, even a secret one: it is told none.
      const sentences = failures.map(({ property, reason }) => ({
        property: "",
        reason: printable(`${property} ${reason}`, 2000),
      }));
      return { inputs: news, failures: sentences };
    },
    diff: (_id: string, olds: Properties, news: Properties) => diff(context, olds, inputsIn(news)),
    create(properties: Properties) {
      return whileRunning(async () => {
        const outs = await create(context, inputsOf(properties));
        return { id: outs.sourceId, outs };
      });
    },
    async read(id: string, properties: Properties) {
      const props = await read(context, id, stateOf(properties));
      return props ? { id, props } : { id: "" };
    },
    /** Only settings of ours change in place; the keys that the service has are those of the old state. */
    async update(_id: string, olds: Properties, news: Properties) {
      const { sourceId, createdAt, awsCredentialId, credentials, adopted } = stateOf(olds);
      const seen = { createdAt, awsCredentialId, credentials, adopted };
      const kept = Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
      return { outs: { ...withoutKeys(inputsOf(news)), ...kept, sourceId } };
    },
    delete(id: string, properties: Properties) {
      return whileRunning(() => remove(context, id, stateOf(properties)));
    },
  };
}
