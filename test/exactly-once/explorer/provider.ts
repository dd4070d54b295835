import { invocation } from "../../../src/provider/invocation/index.js";
import { confirm } from "../../../src/provider/journal/confirm.js";
import type { Disk } from "../../../src/provider/journal/disk.js";
import { backendUrl } from "../../../src/provider/journal/folder.js";
import { createContext } from "../../../src/provider/run/create-context.js";
import { SimulatedDisk } from "./disk.js";
import type { Code } from "./play.js";

/** The provider as it is. */
export const provider: Code = {
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
      requireEngine: around.requireEngine,
      cancelled: new AbortController().signal,
      now: clock.now,
      sleep: clock.sleep,
      random: () => 0,
    };
    const disk = (around.disk as SimulatedDisk).mount(() => around.isAlive(around.host, around.pid));
    const context = createContext((name) => values[name], host, {
      connect: () => around.client as never,
      journal: {
        disk: { kept: () => disk, off: undefined, unwritable: unwritable }[around.journal],
        self: { host: around.host, pid: around.pid, start: "" },
        uptime: () => ({ boot: around.host, ms: clock.elapsed }),
        isAlive: ({ host, pid }) => host === around.host && around.isAlive(host, pid),
      },
    });
    return {
      async create(urn, inputs) {
        const state = await invocation.create(context, urn, invocation.inputs(inputs));
        return { id: state.invocationId as string, state };
      },
      async diff(urn, state, inputs) {
        return (await invocation.diff(context, urn, state, inputs)).replaces.length > 0;
      },
      remove: (id, state) => invocation.delete(context, id, state),
      saved: (urn, id) => confirm(disk, backendUrl(), urn, id),
      end() {},
    };
  },
};

function unwritable(): Disk {
  throw new Error("EROFS: read-only file system");
}
