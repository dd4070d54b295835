import { elapsed, estimate } from "../../../src/provider/waiting/duration.js";
import { Heartbeat } from "../../../src/provider/waiting/heartbeat.js";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function beating(isInteractive: boolean, urn = "urn:a") {
  const said: string[] = [];
  const report = { phase: "pending", text: "pending · 0 s" };
  const context = {
    isInteractive: () => isInteractive,
    progress: (_urn: string | undefined, line: string) => void said.push(line),
  };
  const heartbeat = new Heartbeat(context, urn, () => report);
  return { said, report, heartbeat };
}

test("on a terminal it speaks at once, each second and at the end", () => {
  const { said, report, heartbeat } = beating(true);
  expect(said).toHaveLength(1);
  jest.advanceTimersByTime(5000);
  expect(said).toHaveLength(6);
  report.text = "complete · 5 s";
  heartbeat.end();
  jest.advanceTimersByTime(60_000);
  expect(said.slice(6)).toEqual(["complete · 5 s"]);
});

test("in a log it speaks at a change of phase, once a minute and at the end, and then no more", () => {
  const { said, report, heartbeat } = beating(false);
  jest.advanceTimersByTime(59_000);
  heartbeat.changed();
  expect(said).toEqual([]);
  Object.assign(report, { phase: "processing", text: "processing · 59 s" });
  heartbeat.changed();
  heartbeat.changed();
  expect(said).toEqual(["processing · 59 s"]);
  report.text = "processing · 2 min 5 s";
  jest.advanceTimersByTime(61_000);
  expect(said).toHaveLength(3);
  heartbeat.end();
  heartbeat.end();
  expect(said).toHaveLength(3);
  Object.assign(report, { text: "complete" });
  heartbeat.end();
  jest.advanceTimersByTime(600_000);
  expect(said).toHaveLength(3);
});

test("what runs within another speaks for it, on its own row alone", () => {
  const outer = beating(true);
  const other = beating(true, "urn:b");
  const inner = beating(true);
  const before = outer.said.length;
  jest.advanceTimersByTime(3000);
  expect(outer.said).toHaveLength(before);
  expect(other.said).toHaveLength(4);
  inner.heartbeat.stop();
  expect(inner.said).toHaveLength(4);
  jest.advanceTimersByTime(1000);
  expect(outer.said).toHaveLength(before + 1);
  outer.heartbeat.stop();
  other.heartbeat.stop();
});

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [125_000, "2 min 5 s"],
  [3600_000 + 12 * 60_000, "1 h 12 min"],
  [-5, "0 s"],
])("%i ms have passed as %s", (ms, words) => {
  expect(elapsed(ms)).toBe(words);
});

test.each([
  [1, "1 s"],
  [40_000, "40 s"],
  [125_000, "2 min"],
  [3 * 3600_000, "3 h"],
])("%i ms are left as %s", (ms, words) => {
  expect(estimate(ms)).toBe(words);
});
