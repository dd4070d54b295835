import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";
import { httpServer } from "../support/http-server.js";

test("web-docs reads a site into a collection for each release", async () => {
  const site = await httpServer((_request, response) => {
    response
      .setHeader("content-type", "text/html")
      .end('<p>Docs</p><a href="/guide">a</a><a href="/blog/x">b</a>');
  });
  const emulator = await startEmulator({ token: "key", seed: { databases: ["db"] } });
  const project = new Example("web-docs", { CHROMA_API_KEY: "key", CHROMA_SYNC_ENDPOINT: emulator.url });
  try {
    project.init();
    const set = (key: string, value: string) => project.pulumi("config", "set", key, value);
    await set("databaseName", "db");
    await set("startingUrl", `${site.url}/`);
    const collections: unknown[] = [];
    for (const release of ["1.0", "2.0", "1.0"]) {
      await set("release", release);
      const { code, output } = await project.up("--skip-preview");
      expect({ code, output }).toMatchObject({ code: 0 });
      collections.push((await project.outputs()).collection);
    }
    expect(collections[0]).toMatch(/^site-1\.0-[0-9a-f]{16}$/);
    expect(collections[1]).toMatch(/^site-2\.0-/);
    expect(collections[2]).toBe(collections[0]);
    // Back at 1.0, its collection is adopted.
    expect(emulator.jobs()).toHaveLength(2);
    expect(new Set(site.seen.map(({ url }) => url))).toEqual(new Set(["/", "/guide"]));
  } finally {
    await emulator.close();
    await site.close();
    project.remove();
  }
});
