import { readConfig } from "../../src/provider/config.js";

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
])("the endpoint %s is refused", (endpoint, reason) => {
  expect(() => read({ "chroma-sync:endpoint": endpoint })).toThrow(reason);
});
