import { InitFailureError } from "../../provider/init-failure.js";
import type { Properties, Resource } from "../../provider/resource.js";
import { toCheckFailures } from "../check-failures.js";
import { whileRunning } from "../lifetime.js";
import { withSecrets } from "../secrets.js";
import { type Carried, carriedBy, withUrn } from "./carried.js";
import { start } from "./start.js";
import { asSentence } from "./without-stack.js";

type ConfigureRequest = { config: { get(name: string): string | undefined } };

/** Whether the engine runs a preview: a process serves one run. */
let isPreview = false;

/** One kind of resource as the engine's dynamic host calls it. */
export function dynamicProvider(resource: Resource, type: string) {
  const { id: idProperty, secrets = [] } = resource;
  const split = (properties: Properties) => carriedBy(properties, type);
  const contextOf = ({ urn, former }: Carried) => {
    const context = start().on(urn);
    if (former.length > 0) context.formerUrns.set(urn, former);
    return context;
  };
  return {
    /** The host configures once for each text, always the same: all resources of a process share what they know. */
    async configure({ config }: ConfigureRequest) {
      start((name) => config.get(name));
    },
    check: (olds: Properties, news: Properties) =>
      asSentence(async () => {
        const carried = split(news);
        const { urn, sent } = carried;
        const inputs = resource.withContent?.(carried.inputs) ?? carried.inputs;
        const context = contextOf(carried);
        const before = split(olds).inputs;
        const failures = await resource.check(context, urn, before, inputs);
        isPreview = carried.isPreview;
        // The host is not asked for the preview of a create; this is what comes right before it.
        const isCreate = Object.keys(before).length === 0;
        if (isPreview && isCreate && failures.length === 0)
          await resource.preview?.(context, urn, resource.inputs(inputs));
        return { inputs: withSecrets(secrets, { ...sent, ...inputs }), failures: toCheckFailures(failures) };
      }),
    diff: (_id: string, olds: Properties, news: Properties) =>
      asSentence(async () => {
        const carried = split(news);
        const { inputs, urn } = carried;
        const context = contextOf(carried);
        const before = split(olds).inputs;
        const difference = await resource.diff(context, urn, before, inputs);
        const isUpdate = difference.changes && difference.replaces.length === 0;
        if (isPreview && isUpdate) await resource.preview?.(context, urn, resource.inputs(inputs), before);
        return difference;
      }),
    create(properties: Properties) {
      const carried = split(properties);
      const { inputs, urn } = carried;
      return whileRunning(async () => {
        const outs = await resource
          .create(contextOf(carried), urn, resource.inputs(inputs))
          .catch(attachCarried(properties));
        return { id: outs[idProperty] as string, outs: withUrn(outs, properties) };
      });
    },
    read: (id: string, properties: Properties) =>
      asSentence(async () => {
        const carried = split(properties);
        const { inputs } = carried;
        const props = await resource.read(contextOf(carried), id, inputs);
        // Without a state the program looks it up, and the engine would take an empty answer for one.
        if (!props && inputs[idProperty] === undefined)
          throw new Error(
            `Nothing has the id ${id}: check it, and that the API key belongs to the team that owns what it names.`,
          );
        return props ? { id, props: withUrn(props, properties) } : { id: "" };
      }),
    update(id: string, olds: Properties, news: Properties) {
      const carried = split(news);
      const { inputs, urn } = carried;
      return whileRunning(async () => {
        const outs = await resource
          .update(contextOf(carried), urn, id, split(olds).inputs, resource.inputs(inputs))
          .catch(attachCarried(news));
        return { outs: withUrn(outs, news) };
      });
    },
    delete: (id: string, properties: Properties) =>
      asSentence(() => {
        const carried = split(properties);
        return whileRunning(() => resource.delete(contextOf(carried), id, carried.inputs));
      }),
  };
}

/** With a failure the host does not add the provider's text, and without it the resource can never be read or deleted. */
function attachCarried(properties: Properties): (error: unknown) => never {
  return (error) => {
    if (error instanceof InitFailureError) {
      const { __provider } = properties;
      Object.assign(error.properties, withUrn({ __provider }, properties));
    }
    throw error;
  };
}
