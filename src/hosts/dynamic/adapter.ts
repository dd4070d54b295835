import { InitFailureError } from "../../provider/init-failure.js";
import type { Properties, Resource } from "../../provider/resource.js";
import { toCheckFailures } from "../check-failures.js";
import { whileRunning } from "../lifetime.js";
import { withSecrets } from "../secrets.js";
import { start } from "./start.js";
import { withoutStack } from "./without-stack.js";

type ConfigureRequest = { config: { get(name: string): string | undefined } };

/** One kind of resource as the engine's dynamic host calls it. */
export function dynamicProvider(resource: Resource) {
  const { id: idProperty, secrets = [] } = resource;
  return {
    /** The host configures once for each text, always the same: all resources of a process share what they know. */
    async configure({ config }: ConfigureRequest) {
      start((name) => config.get(name));
    },
    check: (olds: Properties, news: Properties) =>
      asSentence(async () => {
        const { inputs, urn } = splitInputs(news);
        const failures = await resource.check(start(), urn, splitInputs(olds).inputs, inputs);
        return { inputs: withSecrets(secrets, news), failures: toCheckFailures(failures) };
      }),
    diff: (_id: string, olds: Properties, news: Properties) =>
      asSentence(async () => {
        const { inputs, urn } = splitInputs(news);
        return resource.diff(start(), urn, splitInputs(olds).inputs, inputs);
      }),
    create(properties: Properties) {
      const { inputs, urn } = splitInputs(properties);
      return whileRunning(async () => {
        const outs = await resource
          .create(start(), urn, resource.inputs(inputs))
          .catch(attachProvider(properties));
        return { id: outs[idProperty] as string, outs };
      });
    },
    read: (id: string, properties: Properties) =>
      asSentence(async () => {
        const { inputs } = splitInputs(properties);
        const props = await resource.read(start(), id, inputs);
        // Without a state the program looks it up, and the engine would take an empty answer for one.
        if (!props && inputs[idProperty] === undefined)
          throw new Error(
            `Nothing has the id ${id}: check it, and that the API key belongs to the team that owns what it names.`,
          );
        return props ? { id, props } : { id: "" };
      }),
    update(id: string, olds: Properties, news: Properties) {
      const { inputs, urn } = splitInputs(news);
      return whileRunning(async () => ({
        outs: await resource
          .update(start(), urn, id, splitInputs(olds).inputs, resource.inputs(inputs))
          .catch(attachProvider(news)),
      }));
    },
    delete: (id: string, properties: Properties) =>
      asSentence(() => whileRunning(() => resource.delete(start(), id, splitInputs(properties).inputs))),
  };
}

/** The host prints the stack of what these calls throw, and only of these. */
async function asSentence<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw withoutStack(error);
  }
}

/** What the class sends beside the inputs: the provider, the URN or what stands for it, and former URNs. */
function splitInputs({ __provider: _text, __urn: text, ...inputs }: Properties) {
  const [urn = "", ...former] = typeof text === "string" ? text.split(" ") : [];
  if (former.length > 0) start().formerUrns.set(urn, former);
  return { inputs, urn };
}

/** With a failure the host does not add the provider's text, and without it the resource can never be read or deleted. */
function attachProvider({ __provider }: Properties): (error: unknown) => never {
  return (error) => {
    if (error instanceof InitFailureError) Object.assign(error.properties, { __provider });
    throw error;
  };
}
