import "../node-version.js";
import { printable } from "../../api/errors.js";
import { createBatch, updateBatch } from "../../provider/batch/apply.js";
import { deleteBatch } from "../../provider/batch/cancel.js";
import { checkBatch } from "../../provider/batch/check.js";
import { diffBatch, tellFirstPlan } from "../../provider/batch/diff.js";
import { batchInputs } from "../../provider/batch/inputs.js";
import { readBatch } from "../../provider/batch/read.js";
import type { BatchState } from "../../provider/batch/state.js";
import {
  checkCollection,
  declareCollection,
  deleteCollection,
  diffCollection,
} from "../../provider/collection/check.js";
import { type CollectionState, collectionInputs } from "../../provider/collection/inputs.js";
import { type Context, createContext, type Surroundings } from "../../provider/context.js";
import { InitFailure } from "../../provider/init-failure.js";
import { check } from "../../provider/invocation/check.js";
import { create } from "../../provider/invocation/create.js";
import { remove } from "../../provider/invocation/delete.js";
import { diff } from "../../provider/invocation/diff.js";
import type { InvocationState } from "../../provider/invocation/inputs.js";
import { read } from "../../provider/invocation/read.js";
import { inputsOf } from "../../provider/invocation/state.js";
import { update } from "../../provider/invocation/update.js";
import { sleep } from "../../provider/sleep.js";
import { inputsOf as sourceInputs } from "../../provider/source/changed-fields.js";
import { check as checkSource } from "../../provider/source/check.js";
import { create as createSource } from "../../provider/source/create.js";
import { remove as deleteSource } from "../../provider/source/delete.js";
import { diff as diffSource } from "../../provider/source/diff.js";
import type { SourceState } from "../../provider/source/inputs.js";
import { read as readSource } from "../../provider/source/read.js";
import { updateSource } from "../../provider/source/update.js";
import { followEngine, whileRunning } from "../lifetime.js";
import { cancelSignal } from "./cancel.js";
import { progress, requireEngine, tell, warn } from "./engine.js";
import { apart, type Properties, sentences, withSecretKeys } from "./properties.js";

type ConfigureRequest = { config: { get(name: string): string | undefined } };

const surroundings: Surroundings = {
  warn: (message) => warn(printable(message, 2000)),
  progress,
  tell,
  requireEngine,
  cancelled: cancelSignal(),
  now: Date.now,
  sleep,
  random: Math.random,
};

let context: Context = createContext(() => undefined, surroundings);
let configured = false;

/**
 * The host configures once for each text, always the same: all resources of a process share what they know.
 * It hands out the provider before this has finished, so all that is done is to keep the reader.
 */
async function configure(request: ConfigureRequest): Promise<void> {
  if (!configured) context = createContext((name) => request.config.get(name), surroundings);
  configured = true;
}

/** Ids that were answered before the run was cancelled: at its orderly end they are in state. */
followEngine(() => context.journal().settleReturned());

/** On the init-failure path the host does not add the provider's text, and without it the resource can never be read or deleted. */
function carryText(inputs: Properties): (error: unknown) => never {
  return (error) => {
    if (error instanceof InitFailure) {
      answered(error.properties);
      Object.assign(error.properties, { __provider: inputs.__provider });
    }
    throw error;
  };
}

/** What is answered after a Ctrl-C may be dropped by the engine, so that is left to the next run to see. */
function answered(state: object): void {
  if (surroundings.cancelled.aborted) return;
  const { run, invocationId, sourceId } = state as Partial<BatchState & InvocationState>;
  context.returned((run ?? invocationId ?? sourceId)!, state);
}

function stateOf(properties: Properties): InvocationState {
  return properties as unknown as InvocationState;
}

/**
 * The provider of `ChromaSyncInvocation` as the engine's dynamic host loads it: the text in every
 * resource's state names this export. Its name and meaning never change.
 */
export const invocation = {
  configure,
  async check(olds: Properties, news: Properties) {
    return { inputs: news, failures: sentences(await check(context, olds, apart(news).inputs)) };
  },
  async diff(_id: string, olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    return diff(context, urn, olds, inputs);
  },
  create(properties: Properties) {
    return whileRunning(async () => {
      const { inputs, urn } = apart(properties);
      const outs = await create(context, urn, inputsOf(inputs)).catch(carryText(properties));
      answered(outs);
      return { id: outs.invocationId, outs };
    });
  },
  async read(id: string, properties: Properties) {
    return { id, props: await read(context, id, stateOf(properties)) };
  },
  update(id: string, olds: Properties, news: Properties) {
    return whileRunning(async () => {
      const { inputs, urn } = apart(news);
      return { outs: await update(context, urn, id, stateOf(olds), inputsOf(inputs)).catch(carryText(news)) };
    });
  },
  delete(id: string, properties: Properties) {
    return whileRunning(() => remove(context, id, stateOf(properties)));
  },
};

/** The provider of `ChromaSyncInvocationBatch`, on the same terms. */
export const batch = {
  configure,
  async check(olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    const failures = await checkBatch(context, apart(olds).inputs, inputs);
    // The engine asks for no difference where there is nothing yet, so the plan of a first run is told here.
    if (failures.length === 0 && olds.sourceId === undefined) tellFirstPlan(context, urn, inputs);
    return { inputs: news, failures: sentences(failures) };
  },
  async diff(_id: string, olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    return diffBatch(context, urn, olds, inputs);
  },
  create(properties: Properties) {
    return whileRunning(async () => {
      const { inputs, urn } = apart(properties);
      const outs = await createBatch(context, urn, batchInputs(inputs)).catch(carryText(properties));
      answered(outs);
      return { id: outs.batchId, outs };
    });
  },
  async read(id: string, properties: Properties) {
    return { id, props: await readBatch(context, properties as unknown as BatchState) };
  },
  update(_id: string, olds: Properties, news: Properties) {
    return whileRunning(async () => {
      const { inputs, urn } = apart(news);
      const outs = await updateBatch(context, urn, olds, batchInputs(inputs)).catch(carryText(news));
      answered(outs);
      return { outs };
    });
  },
  delete(_id: string, properties: Properties) {
    return whileRunning(() => deleteBatch(context, properties as unknown as BatchState));
  },
};

/** The provider of `ChromaSyncSource`, on the same terms. */
export const source = {
  configure,
  async check(olds: Properties, news: Properties) {
    const failures = sentences(await checkSource(context, olds, apart(news).inputs));
    return { inputs: withSecretKeys(news), failures };
  },
  async diff(_id: string, olds: Properties, news: Properties) {
    return diffSource(context, olds, apart(news).inputs);
  },
  create(properties: Properties) {
    return whileRunning(async () => {
      const { inputs, urn } = apart(properties);
      const outs = await createSource(context, urn, sourceInputs(inputs));
      answered(outs);
      return { id: outs.sourceId, outs };
    });
  },
  async read(id: string, properties: Properties) {
    const props = await readSource(context, id, properties as unknown as SourceState);
    return props ? { id, props } : { id: "" };
  },
  async update(_id: string, olds: Properties, news: Properties) {
    return { outs: updateSource(olds as unknown as SourceState, sourceInputs(news)) };
  },
  delete(id: string, properties: Properties) {
    return whileRunning(() => deleteSource(context, id, properties as unknown as SourceState));
  },
};

/** The provider of the collection that a `ChromaSyncedRepository` keeps, on the same terms. */
export const collection = {
  configure,
  async check(olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    const failures = checkCollection(context, [urn, apart(olds).urn], olds, inputs);
    return { inputs: news, failures: sentences(failures) };
  },
  async diff(_id: string, olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    return diffCollection(context, urn, olds as unknown as CollectionState, inputs);
  },
  async create(properties: Properties) {
    const { inputs, urn } = apart(properties);
    const outs = await declareCollection(context, urn, collectionInputs(inputs));
    return { id: outs.collectionName, outs };
  },
  async update(_id: string, _olds: Properties, news: Properties) {
    const { inputs, urn } = apart(news);
    return { outs: await declareCollection(context, urn, collectionInputs(inputs)) };
  },
  delete(_id: string, properties: Properties) {
    return whileRunning(() => deleteCollection(context, properties as unknown as CollectionState));
  },
};
