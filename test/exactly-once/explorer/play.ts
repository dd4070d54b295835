import { SimulatedClock } from "./clock.js";
import { type History, QUIET_RUN, type Run } from "./history.js";
import { askedFor, inputsOf, otherKindOf } from "./inputs.js";
import { type Process, startProcess, type TagOf } from "./process.js";
import { SimulatedService } from "./service.js";
import type { Disks, Made, Subject, Surroundings } from "./subject.js";
import { type Held, judge, type Resource, type Verdict } from "./verdict.js";

const LAG_MS = { none: 0, "8 s": 8000, "30 s": 30_000 };
const SET_BY_MS = { steady: 0, "set back 2 h": -2 * 3600_000, "set ahead 2 h": 2 * 3600_000 };

/** The code under test, and the disks that it runs on. */
export interface Code {
  start(around: Surroundings): Subject;
  disks: Disks;
}

/** Plays a history to its end; tells which of its events took effect. */
export async function play(
  history: History,
  code: Code,
): Promise<Verdict & { said: string[]; used: Set<string> }> {
  const { world } = history;
  const clock = new SimulatedClock();
  const service = new SimulatedService(clock);
  service.lagMs = LAG_MS[world.lag];
  service.echo = world.echo;
  service.skewMs = world.skew === "none" ? 0 : -2 * 3600_000;
  const said: string[] = [];
  const used = new Set<string>();
  const failed = new Map<string, string>();
  const everHeld = new Set<string>();
  const processes: Process[] = [];
  const [own, other] =
    world.kind === "batch" ? (["batch", "invocation"] as const) : (["invocation", "batch"] as const);
  const resource = (name: string, stack: string, kind: Resource["kind"] = own): Resource => ({
    name,
    stack,
    kind,
    urn: `urn:pulumi:${stack}::p::t::${name}`,
    state: undefined,
    epochs: new Map(),
  });
  const a = resource("a", "s");
  const b = resource("b", "s", world.twin === "equal, of the other kind, created at once" ? other : own);
  const stranger = resource("a of another stack", "other");
  const disks = [code.disks.make(), code.disks.make()];

  const begin = (run: Run, index: number, stack: string, disk: unknown): Process => {
    const place = {
      clock,
      said,
      disk,
      stack,
      journal: world.journal === "off" || world.journal === "unwritable" ? world.journal : ("kept" as const),
      host: world.journal === "of another host" ? `host-${processes.length}` : "host",
      pid: 100 + processes.length,
      isAlive: (host: string, pid: number) =>
        processes.some((one) => one.host === host && one.pid === pid && one.alive),
    };
    const process = startProcess(service, run, place, code.start, (event) => used.add(`${index} ${event}`));
    processes.push(process);
    return process;
  };

  /** Brings one resource to its inputs as the engine does; false ends what depends on it. */
  const apply = async (process: Process, run: Run, index: number, of: Resource): Promise<boolean> => {
    const name = of === a ? run.inputs : "A";
    const inputs = of.kind === own ? inputsOf(world.kind, name) : otherKindOf(world.kind);
    const before = of.state;
    failed.delete(of.name);
    const took = (event: keyof Run) => used.add(`${index} ${event}`);
    if (of === a && run.inputs !== "A") took("inputs");
    let change: "create" | "update" = "create";
    if (before) {
      const forced = of === a && run.command === "up --replace";
      if (forced) took("command");
      else {
        const difference = await process.subject.diff(of, before.properties, inputs);
        if (difference === "nothing") return true;
        if (difference === "update") change = "update";
      }
    }
    const who = of === stranger ? "other" : of.name;
    const epochs = new Map(of.epochs);
    const tagOf: TagOf = ({ object_key: key }) => {
      const part = of.kind === "batch" ? key! : "";
      return `${who}/${askedFor(name, part)}/${epochs.get(part) ?? 0}`;
    };
    const { subject } = process;
    const attempt = () =>
      process.as(tagOf, () =>
        change === "create" ? subject.create(of, inputs) : subject.update(of, before!.properties, inputs),
      );
    let made: Made;
    try {
      made = await attempt().catch((error: Error) => {
        said.push(error.message);
        if (of !== a || run.onError === "fail") throw error;
        took("onError");
        return attempt();
      });
    } catch (error) {
      said.push((error as Error).message);
      failed.set(of.name, (error as Error).message);
      return false;
    }
    if (made.failure) {
      said.push(made.failure.message);
      failed.set(of.name, made.failure.message);
    }
    if (process.life.killed || process.orphaned) return false;
    if (of === a && run.end === "killed before the state was saved") {
      took("end");
      process.kill();
      return false;
    }
    if (of === a && run.end === "state not saved") {
      took("end");
      failed.set(of.name, "the backend could not save");
      return false;
    }
    const ids = new Map<string, Held>();
    for (const [part, id] of made.ids) {
      const old = before?.ids.get(part);
      everHeld.add(id);
      // An object that could not be started anew keeps the id that it had.
      ids.set(part, old?.id === id ? old : { id, asked: askedFor(name, part) });
      if (old?.id !== id) of.epochs.set(part, (of.epochs.get(part) ?? 0) + 1);
    }
    of.state = { ids, properties: made.state };
    if (of === a && run.end === "killed after the state was saved") {
      took("end");
      process.kill();
      return false;
    }
    if (made.failure) return false;
    subject.saved(of.urn, made.state);
    if (before && change === "create") await subject.remove(of, before.properties);
    return true;
  };

  let elsewhere: Promise<void> = Promise.resolve();
  const quiet = { ...QUIET_RUN, inputs: history.runs.at(-1)!.inputs };
  for (const [index, run] of [...history.runs, quiet, quiet].entries()) {
    if (index === 1) clock.wall += SET_BY_MS[world.clock];
    // The last run comes when everything that was on the way has arrived.
    if (index === history.runs.length + 1) await clock.until(clock.sleep(300_000));
    if (index > 0 && world.journal === "of a machine that fails") code.disks.crash?.(disks[0]);
    if (index === 1 && world.journal === "torn") code.disks.tear(disks[0]);
    const process = begin(run, index, "s", disks[0]);
    const work: Promise<unknown>[] = [];
    if (world.twin === "equal, created before")
      work.push(apply(process, run, index, b).then((ok) => ok && apply(process, run, index, a)));
    else work.push(apply(process, run, index, a));
    if (world.twin.endsWith("created at once")) work.push(apply(process, run, index, b));
    if (world.twin.startsWith("in another stack")) {
      // A backend runs one update of a stack at a time.
      await clock.until(elsewhere);
      const theirs = begin(QUIET_RUN, index, "other", disks[world.twin.endsWith("another disk") ? 1 : 0]);
      elsewhere = apply(theirs, QUIET_RUN, index, stranger).then(() => {
        theirs.subject.end();
        theirs.alive = false;
      });
      if (index === 0) work.push(elsewhere);
    }
    const all = Promise.all(work);
    await clock.until(Promise.race([all, process.killed]));
    // What an engine leaves behind lives until its call has ended.
    if (run.end === "engine killed with the POST in flight" && used.has(`${index} end`))
      void all.then(() => {
        process.alive = false;
      });
    else {
      if (process.alive) process.subject.end();
      process.alive = false;
    }
  }
  for (const disk of disks) code.disks.remove(disk);
  return { ...judge(service, [a, b, stranger], everHeld, said, failed), said, used };
}
