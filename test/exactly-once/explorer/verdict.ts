import type { SimulatedService } from "./service.js";
import type { Named } from "./subject.js";

/** An id in a state, and what was asked for. */
export interface Held {
  id: string;
  asked: string;
}

/** A resource as the engine's state has it. */
export interface Resource extends Named {
  name: string;
  stack: string;
  /** Ids by object key, each with what was asked for. */
  state: { ids: Map<string, Held>; properties: Record<string, unknown> } | undefined;
  /** How many syncs of each object a state has held. */
  epochs: Map<string, number>;
}

/** What came of a history. */
export interface Verdict {
  /** Declarations for which the service accepted more than one job. */
  doubles: string[];
  /** Jobs that no state holds or held, and that no message named. */
  lost: string[];
  /** One id in two states, a job of other inputs in state, a job in state that was cancelled. */
  wrong: string[];
  /** Resources without a job whose last error does not say what to look at. */
  stuck: string[];
  /** Resources without a job, with an error that says what to look at. */
  blocked: string[];
  jobs: number;
}

/** Judges the end of a history: one job for each declaration, each in state or named to the user. */
export function judge(
  service: SimulatedService,
  resources: Resource[],
  everHeld: ReadonlySet<string>,
  said: string[],
  failed: ReadonlyMap<string, string>,
): Verdict {
  const counts = new Map<string, number>();
  for (const { tag } of service.accepted) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const messages = said.join("\n");
  const isNamed = (id: string) => messages.includes(id);
  const says = (message: string) =>
    /adoptInvocationId|\/api\/v1\/invocations|until its (version|content) changes/.test(message);
  const without = resources.filter(({ name }) => failed.has(name));
  return {
    doubles: [...counts].filter(([, count]) => count > 1).map(([tag, count]) => `${tag}: ${count} jobs`),
    lost: service.accepted
      .filter(({ job }) => !everHeld.has(job.id) && !isNamed(job.id))
      .map(({ job, tag }) => `${job.id} (${tag})`),
    wrong: wrongStates(service, resources),
    stuck: without
      .filter(({ name }) => !says(failed.get(name)!))
      .map(({ name }) => `${name}: ${failed.get(name)}`),
    blocked: without.filter(({ name }) => says(failed.get(name)!)).map(({ name }) => name),
    jobs: service.accepted.length,
  };
}

function wrongStates(service: SimulatedService, resources: Resource[]): string[] {
  const held = resources.flatMap(({ urn, state }) =>
    [...(state?.ids.values() ?? [])].map(({ id, asked }) => ({ urn, id, asked })),
  );
  const wrong: string[] = [];
  const ids = held.map(({ id }) => id);
  if (new Set(ids).size < ids.length) wrong.push(`one id in two states: ${ids.join(", ")}`);
  for (const { urn, id, asked } of held) {
    const accepted = service.accepted.find(({ job }) => job.id === id);
    if (!accepted) wrong.push(`${urn} holds ${id}, which the service does not know`);
    else if (accepted.tag.split("/")[1] !== asked)
      wrong.push(`${urn} holds a job of ${accepted.tag} for ${asked}`);
    if (service.cancelled.has(id)) wrong.push(`${urn} holds a job that was cancelled`);
  }
  return wrong;
}
