import { isKeyUntrimmed, readConfig } from "../../src/provider/config.js";
import { contextAt } from "./context.js";

const read = (config: Record<string, string>, environment = {}) =>
  readConfig((name) => config[name], environment);

test("the stack's configuration wins over the environment", () => {
  const environment = { CHROMA_API_KEY: "from-env", CHROMA_SYNC_ENDPOINT: "https://env.example" };
  expect(read({}, environment)).toEqual({ apiKey: "from-env", endpoint: "https://env.example" });
  expect(
    read({ "chroma-sync:apiKey": "c", "chroma-sync:endpoint": "https://c.example" }, environment),
  ).toEqual({
    apiKey: "c",
    endpoint: "https://c.example",
  });
  expect(read({})).toEqual({ apiKey: undefined, endpoint: "https://sync.trychroma.com" });
});

test.each([
  ["http://localhost:1"],
  ["http://127.0.0.1:1"],
  ["http://127.9.9.9"],
  ["http://[::1]:1"],
])("plain http to %s is fine", (endpoint) => {
  expect(read({ "chroma-sync:endpoint": endpoint }).endpoint).toBe(endpoint);
});

test.each([
  ["http://sync.trychroma.com", /unencrypted/],
  ["http://127.0.0.1.example.com", /unencrypted/],
  ["http://localhost.example.com", /unencrypted/],
  ["ftp://localhost", /unencrypted/],
  ["sync.trychroma.com", /not a URL/],
  ["https://user:pass@sync.trychroma.com", /credentials/],
  ["https://sync.trychroma.com?key=abc", /query/],
  ["https://sync.trychroma.com/api/v1", /must not have a path \(\/api\/v1\)/],
])("the endpoint %s is refused", (endpoint, reason) => {
  expect(() => read({ "chroma-sync:endpoint": endpoint })).toThrow(reason);
});

test.each([
  ["k\n"],
  [" k"],
  ["\tk\r\n"],
])("white space around the key %j is not sent, and is told", (apiKey) => {
  const get = (name: string) => (name === "chroma-sync:apiKey" ? apiKey : undefined);
  expect(readConfig(get, {}).apiKey).toBe("k");
  expect(isKeyUntrimmed(get, {})).toBe(true);
  expect(isKeyUntrimmed(() => undefined, { CHROMA_API_KEY: "k" })).toBe(false);
});

test.each([
  ["k\nk"],
  ["k k"],
  ["k\0"],
  ["schlüssel"],
  ["k\u200b"],
])("the key %j is refused and not quoted", (apiKey) => {
  const refusal = () => read({ "chroma-sync:apiKey": apiKey });
  expect(refusal).toThrow("The Chroma API key holds a character that no key has");
  expect(refusal).not.toThrow(apiKey);
});

test("white space around the key is told once, at the first use", () => {
  const context = contextAt("http://127.0.0.1:1", { "chroma-sync:apiKey": " k\n" });
  expect(context.warnings).toEqual([]);
  expect([context.apiKey(), context.apiKey()]).toEqual(["k", "k"]);
  expect(context.warnings).toEqual([expect.stringContaining("has spaces or line breaks around it")]);
});
