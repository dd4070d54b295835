const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");
const { serializeBinary } = Empty.prototype;
const intervals = jest.spyOn(global, "setInterval");

const effects = () => ({
  listeners: process.eventNames().map((name) => process.listenerCount(name as "SIGINT")),
  intervals: intervals.mock.calls.length,
  isPatched: Empty.prototype.serializeBinary !== serializeBinary,
});

afterAll(() => {
  Empty.prototype.serializeBinary = serializeBinary;
  for (const { value } of intervals.mock.results) clearInterval(value);
  intervals.mockRestore();
});

test("importing the entry that state names does nothing; configuring it does all, once", async () => {
  // What the host has loaded before.
  require("@pulumi/pulumi");
  const before = effects();
  const entry = require("../../src/hosts/dynamic/index.js");
  expect(Object.keys(entry).sort()).toEqual(["batch", "collection", "file", "files", "invocation", "source"]);
  expect(effects()).toEqual(before);
  const request = { config: { get: () => undefined } };
  await entry.invocation.configure(request);
  await entry.batch.configure(request);
  expect(effects()).toEqual({ ...before, intervals: before.intervals + 1, isPatched: true });
});
