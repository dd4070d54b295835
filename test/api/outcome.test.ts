import type { AddressInfo } from "node:net";
import * as net from "node:net";
import { transportError } from "../../src/api/errors.js";
import { ChromaSyncClient, type ChromaSyncError, FAILURES } from "../../src/api/index.js";
import { httpServer } from "../support/http-server.js";

const S = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const post = (endpoint: string) =>
  new ChromaSyncClient({
    endpoint,
    apiKey: "k",
    createTimeoutMs: 200,
    connectTimeoutMs: 500,
  })
    .createInvocation(S, { object_key: "a" })
    .then(
      () => "processed",
      (error: ChromaSyncError) => error.outcome,
    );

const STATUSES = FAILURES.flatMap(({ failure, statuses, outcome }) =>
  statuses && statuses[0] >= 300
    ? [...new Set(statuses)].map((status) => ({ failure, status, outcome }))
    : [],
);

test.each(STATUSES)("$status ($failure) is $outcome", async ({ status, outcome }) => {
  const server = await httpServer((_request, response) => void response.writeHead(status).end("{}"));
  expect(await post(server.url)).toBe(outcome);
  await server.close();
});

const CODES = FAILURES.flatMap(({ failure, codes, outcome }) =>
  (codes ?? []).map((code) => ({ failure, code, outcome })),
);

test.each(CODES)("$code ($failure) is $outcome", ({ code, outcome }) => {
  expect(transportError("POST /", { code, message: "said" }).outcome).toBe(outcome);
});

test("of several addresses tried, one that may have been reached makes it ambiguous", () => {
  const errors = [{ code: "ECONNREFUSED" }, { code: "ECONNRESET" }];
  expect(transportError("POST /", { message: "", errors }).outcome).toBe("ambiguous");
  expect(transportError("POST /", { message: "", errors: errors.slice(0, 1) }).outcome).toBe("not-processed");
});

type Answer = (socket: net.Socket) => void;
const RAW: [string, Answer, string][] = [
  ["a reset at once", (socket) => socket.resetAndDestroy(), "ambiguous"],
  ["a reset after the request", (socket) => socket.once("data", () => socket.resetAndDestroy()), "ambiguous"],
  ["an end without an answer", (socket) => socket.once("data", () => socket.end()), "ambiguous"],
  ["silence", () => undefined, "ambiguous"],
  ["no HTTP", (socket) => socket.once("data", () => socket.end("hello\r\n\r\n")), "ambiguous"],
  [
    "half a body",
    answer('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"invocation_id"', true),
    "ambiguous",
  ],
  [
    "a body that stops",
    answer('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"invocation_id"', false),
    "ambiguous",
  ],
  [
    "a body that is not JSON",
    answer("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok", true),
    "ambiguous",
  ],
  ["a body without an id", answer("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}", true), "ambiguous"],
  [
    "a 201 with an id",
    answer(
      'HTTP/1.1 201 Created\r\ncontent-length: 56\r\n\r\n{"invocation_id":"0192f0c1-5d3e-7b7a-9c53-0000000000aa"}',
      true,
    ),
    "processed",
  ],
];

test.each(RAW)("%s on the wire is classified", async (_what, reply, outcome) => {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    reply(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  expect(await post(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe(outcome);
  server.close();
});

test.each([
  ["a closed port", "http://127.0.0.1:1"],
  ["a name without an address", "http://no-such-host.invalid"],
])("%s is not processed", async (_what, endpoint) => {
  expect(await post(endpoint)).toBe("not-processed");
});

function answer(text: string, end: boolean): Answer {
  return (socket) =>
    void socket.once("data", () => {
      if (end) socket.end(text);
      else socket.write(text);
    });
}
