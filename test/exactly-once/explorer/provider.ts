import { decodeBatchRecords } from "../../../src/model/batch-encoding.js";
import { batch } from "../../../src/provider/batch/index.js";
import { InitFailureError } from "../../../src/provider/init-failure.js";
import { invocation } from "../../../src/provider/invocation/index.js";
import { confirm } from "../../../src/provider/journal/confirm.js";
import type { Disk } from "../../../src/provider/journal/disk.js";
import { backendUrl } from "../../../src/provider/journal/folder.js";
import type { Resource } from "../../../src/provider/resource.js";
import { createContext } from "../../../src/provider/run/create-context.js";
import { SimulatedDisk } from "./disk.js";
import type { Code } from "./play.js";
import type { Inputs, Made, Named, Surroundings } from "./subject.js";

/** How a resource of a history is declared: its kind, and its inputs. */
export interface Declared {
  resourceOf(of: Named, properties: Record<string, unknown>): Resource;
  inputsOf(inputs: Inputs): Record<string, unknown>;
  clientOf(client: Surroundings["client"]): object;
}

/** As syncs of a source. */
const SYNCS: Declared = {
  resourceOf: ({ kind }) => (kind === "batch" ? batch : invocation),
  inputsOf: (inputs) => inputs,
  clientOf: (client) => client,
};

/** The provider as it is, with resources that are declared in one way. */
export const providerOf = ({ resourceOf, inputsOf, clientOf }: Declared): Code => ({
  disks: {
    make: () => new SimulatedDisk(),
    tear: (disk) => (disk as SimulatedDisk).tear(),
    crash: (disk) => (disk as SimulatedDisk).crash(),
    remove() {},
  },
  start(around) {
    const { clock, said } = around;
    const values: Record<string, string> = {
      "chroma-sync:apiKey": "k",
      "chroma-sync:endpoint": "http://127.0.0.1:1",
    };
    const host = {
      warn: (line: string) => void said.push(line),
      info() {},
      progress() {},
      isInteractive: () => false,
      requireEngine: around.requireEngine,
      cancelled: around.cancelled,
      now: clock.now,
      sleep: clock.sleep,
      random: () => 0,
    };
    const disk = (around.disk as SimulatedDisk).mount(() => around.isAlive(around.host, around.pid));
    const context = createContext((name) => values[name], host, {
      connect: () => clientOf(around.client) as never,
      journal: {
        disk: { kept: () => disk, off: undefined, unwritable: unwritable }[around.journal],
        self: { host: around.host, pid: around.pid, start: "" },
        uptime: () => ({ boot: around.host, ms: clock.elapsed }),
        isAlive: ({ host, pid }) => host === around.host && around.isAlive(host, pid),
      },
    });
    const given = (resource: Resource, inputs: Inputs) => resource.inputs(inputsOf(inputs));
    return {
      create(of, inputs) {
        const resource = resourceOf(of, inputs);
        return made(resource.create(context, of.urn, given(resource, inputs)));
      },
      update(of, state, inputs) {
        const resource = resourceOf(of, state);
        const id = state[resource.id] as string;
        return made(resource.update(context, of.urn, id, state, given(resource, inputs)));
      },
      async diff(of, state, inputs) {
        const news = inputsOf(inputs);
        const { replaces, changes } = await resourceOf(of, state).diff(context, of.urn, state, news);
        return replaces.length > 0 ? "replace" : changes ? "update" : "nothing";
      },
      remove(of, state) {
        const resource = resourceOf(of, state);
        return resource.delete(context, state[resource.id] as string, state);
      },
      saved: (urn, state) => confirm(disk, backendUrl(), urn, (state.run ?? state.invocationId) as string),
      end() {},
    };
  },
});

export const provider = providerOf(SYNCS);

/** The state that a create or an update leaves, also if it fails after all. */
async function made(work: Promise<Record<string, unknown>>): Promise<Made> {
  try {
    const state = await work;
    return { ids: idsOf(state), state };
  } catch (error) {
    if (!(error instanceof InitFailureError)) throw error;
    const state = error.properties as Record<string, unknown>;
    return { ids: idsOf(state), state, failure: error };
  }
}

function idsOf({ records, invocationId }: Record<string, unknown>): Map<string, string> {
  if (typeof records !== "string") return new Map([["", invocationId as string]]);
  return new Map(decodeBatchRecords(records).map((record) => [record.objectKey, record.invocationId]));
}

function unwritable(): Disk {
  throw new Error("EROFS: read-only file system");
}
