import { Poller } from "../../../src/provider/waiting/poller.js";
import { S3, SimulatedClock, SimulatedService } from "../service.js";

/** Waits for so many jobs, on which others have been piled; counts the requests of each tick. */
async function waitForAll(waiters: number, others: number, endsAfterMs: number) {
  const clock = new SimulatedClock(Date.now());
  const service = new SimulatedService(clock);
  service.state.behaviour.pendingMs = endsAfterMs;
  service.state.behaviour.processingMs = 0;
  const { client } = service.connect();
  const create = async (count: number) => {
    const all = Array.from({ length: count }, (_, n) => client.createInvocation(S3, { object_key: `k${n}` }));
    return clock.drive(Promise.all(all));
  };
  const ids = await create(waiters);
  await create(others);
  const ticks = new Map<number, number>();
  const counted =
    <T extends unknown[], R>(call: (...args: T) => R) =>
    (...args: T) => {
      ticks.set(clock.time, (ticks.get(clock.time) ?? 0) + 1);
      return call(...args);
    };
  const poller = new Poller({
    client: () => ({
      ...client,
      clockOffsetMs: 0,
      listInvocations: counted(client.listInvocations),
      getInvocation: counted(client.getInvocation),
    }),
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
  });
  const started = clock.time;
  await clock.drive(
    Promise.all(
      ids.map(
        (invocationId) =>
          new Promise<void>((resolve, reject) => {
            const stop = new AbortController();
            poller.watch({
              sourceId: S3,
              invocationId,
              pauseMs: undefined,
              signal: stop.signal,
              seen(job) {
                if (typeof job.status === "string") return;
                stop.abort();
                resolve();
              },
              refused: reject,
            });
          }),
      ),
    ),
  );
  return { ticks: [...ticks.values()], seconds: (clock.time - started) / 1000 };
}

test("one waiter costs one request a tick, at growing distances", async () => {
  const { ticks, seconds } = await waitForAll(1, 0, 60_000);
  expect(Math.max(...ticks)).toBe(1);
  expect(ticks.length).toBeLessThan(15);
  expect(seconds).toBeLessThan(75);
});

test.each([
  [2],
  [100],
  [500],
  [5000],
])("%i waiters share list requests: at most a hundredth of them, and two", async (waiters) => {
  const { ticks } = await waitForAll(waiters, 0, 20_000);
  expect(Math.max(...ticks)).toBeLessThanOrEqual(Math.floor(waiters / 100) + 2);
});

test("waiters whose jobs are buried under newer ones are looked at in turn", async () => {
  const { ticks } = await waitForAll(10, 2000, 5_000);
  expect(Math.max(...ticks)).toBeLessThanOrEqual(2);
});
