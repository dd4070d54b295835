import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";
import { faultProxy } from "../support/fault-proxy.js";

test("multi-tenant looks up and syncs with each team's own key, and neither is in state", async () => {
  const emulator = await startEmulator({
    token: ["key-of-acme", "key-of-globex"],
    seed: {
      sources: ["acme", "globex"].map((tenant) => ({
        database_name: tenant,
        github: { repository: `${tenant}/handbook` },
      })),
    },
  });
  const [acmeSource] = (await (
    await fetch(`${emulator.url}/api/v1/sources?database_name=acme`, {
      headers: { "x-chroma-token": "key-of-acme" },
    })
  ).json()) as { id: string }[];
  const keys: Record<string, Set<string>> = { lists: new Set(), acme: new Set(), globex: new Set() };
  const proxy = await faultProxy(emulator.url, async ({ path, token }) => {
    // Invocations are listed by their source, so that every other request names one.
    const of = path.startsWith("/api/v1/sources?")
      ? "lists"
      : path.includes(acmeSource!.id)
        ? "acme"
        : "globex";
    keys[of]!.add(token);
  });
  const project = new Example("multi-tenant", { CHROMA_SYNC_ENDPOINT: proxy.url });
  try {
    project.init();
    for (const tenant of ["acme", "globex"])
      await project.pulumi("config", "set", "--secret", `${tenant}Key`, `key-of-${tenant}`);
    const { code, output } = await project.up();
    expect({ code, output }).toMatchObject({ code: 0 });
    const { acme, globex } = await project.outputs();
    expect(
      emulator
        .jobs()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([acme, globex].sort());
    expect(project.stateText().includes("key-of-")).toBe(false);
    // Each key reads and syncs its own team's source alone; both list.
    expect(keys).toEqual({
      lists: new Set(["key-of-acme", "key-of-globex"]),
      acme: new Set(["key-of-acme"]),
      globex: new Set(["key-of-globex"]),
    });
    // A key that the service does not know stops its own team alone.
    await project.pulumi("config", "set", "--secret", "globexKey", "revoked");
    const refused = await project.preview();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("401");
    expect(refused.output).not.toContain("revoked");
  } finally {
    await proxy.close();
    await emulator.close();
    project.remove();
  }
});
