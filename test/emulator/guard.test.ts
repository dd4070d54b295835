import { networkInterfaces } from "node:os";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { rawRequest } from "../support/raw-http.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const seed = {
  sources: [{ id: S3, database_name: "db", s3: { bucket_name: "b", region: "r", collection_name: "obj" } }],
};
const FAULT = JSON.stringify({ kind: "status" });

describe("on loopback", () => {
  let emulator: Emulator;
  let port: string;
  beforeAll(async () => {
    emulator = await startEmulator({ token: "k", seed });
    port = new URL(emulator.url).port;
  });
  afterEach(() => emulator.faults.clear());
  afterAll(() => emulator.close());

  const fault = (headers: Record<string, string>) =>
    rawRequest(`${emulator.url}/_emulator/faults`, { method: "POST", headers, body: FAULT });

  test.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["multipart/form-data; boundary=x"],
    ["application/json"],
  ])("a page of another origin sets no faults by a post of %s", async (type) => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:3000"]) {
      const { status, headers } = await fault({ "content-type": type, origin });
      expect({ origin, status }).toEqual({ origin, status: 403 });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
    expect(emulator.faults.list()).toEqual([]);
  });

  test.each(["cross-site", "same-site"])("a %s request without an origin is refused, too", async (site) => {
    expect((await fault({ "sec-fetch-site": site })).status).toBe(403);
    const image = { headers: { "sec-fetch-site": site } };
    expect((await rawRequest(`${emulator.url}/_emulator/jobs`, image)).status).toBe(403);
  });

  test.each([
    "evil.example",
    "evil.example:8123",
    "localhost.evil.example",
    "0.0.0.0",
    "192.168.1.1",
    "[::2]",
  ])("a name that was rebound to loopback, %s, reaches nothing", async (host) => {
    const headers = { host, "x-chroma-token": "k" };
    for (const [method, place] of [
      ["GET", "/_emulator/jobs"],
      ["GET", "/_emulator/collections/obj"],
      ["DELETE", "/_emulator/collections/obj"],
      ["POST", "/_emulator/faults"],
      ["GET", "/_emulator/events"],
      ["DELETE", `/api/v1/sources/${S3}`],
      ["GET", "/"],
    ] as const) {
      const { status, text } = await rawRequest(`${emulator.url}${place}`, { method, headers });
      expect({ place, status }).toEqual({ place, status: 403 });
      expect(text).toContain("Host header is not loopback");
    }
  });

  test("the response to a preflight allows nothing", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE" };
    for (const place of ["/_emulator/faults", "/api/v1/sources"]) {
      const { status, headers: reply } = await rawRequest(emulator.url + place, {
        method: "OPTIONS",
        headers,
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(Object.keys(reply).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("programs, and the console on every name of loopback, are let in", async () => {
    expect((await fault({})).status).toBe(200);
    for (const name of ["127.0.0.1", "localhost", "[::1]", "127.1.2.3", "emulator.localhost"]) {
      const host = `${name}:${port}`;
      const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      expect({ name, status: (await fault(own)).status }).toEqual({ name, status: 200 });
    }
  });

  test("with a key of its own, /_emulator asks for it, and the API does not take it", async () => {
    const locked = await startEmulator({ token: "k", adminToken: "secret", seed });
    const jobs = (headers: Record<string, string>) =>
      rawRequest(`${locked.url}/_emulator/jobs`, { headers }).then(({ status }) => status);
    expect(await jobs({})).toBe(401);
    expect(await jobs({ "x-emulator-token": "wrong" })).toBe(401);
    expect(await jobs({ "x-chroma-token": "k" })).toBe(401);
    expect(await jobs({ "x-emulator-token": "secret" })).toBe(200);
    const headers = { "x-chroma-token": "secret" };
    expect((await rawRequest(`${locked.url}/api/v1/sources`, { headers })).status).toBe(401);
    expect(locked.consoleUrl).toBe(`${locked.url}/#key=secret`);
    await locked.close();
  });
});

describe("on every address", () => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;

  test("both keys are random unless they are set, and nothing is open", async () => {
    const emulator = await startEmulator({ host: "0.0.0.0", seed });
    const url = `http://${address ?? "127.0.0.1"}:${new URL(emulator.url).port}`;
    const status = async (place: string, headers = {}) => (await rawRequest(url + place, { headers })).status;
    expect(emulator.token).toMatch(/^[\w-]{24}$/);
    expect(emulator.adminToken).toMatch(/^[\w-]{24}$/);
    expect(await status("/api/v1/sources", { "x-chroma-token": "emulator" })).toBe(401);
    expect(await status("/api/v1/sources", { "x-chroma-token": emulator.token })).toBe(200);
    for (const place of ["jobs", "faults", "collections", "collections/obj", "events"])
      expect({ place, status: await status(`/_emulator/${place}`) }).toEqual({ place, status: 401 });
    expect(await status("/_emulator/jobs", { "x-emulator-token": emulator.adminToken! })).toBe(200);
    expect(emulator.consoleUrl).toContain(`/#key=${emulator.adminToken}`);
    await emulator.close();
  });

  test("keys that are set are the ones", async () => {
    const emulator = await startEmulator({ host: "0.0.0.0", token: "k", adminToken: "a" });
    expect([emulator.token, emulator.adminToken]).toEqual(["k", "a"]);
    await emulator.close();
  });
});
