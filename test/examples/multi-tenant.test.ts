import { startEmulator } from "../../src/emulator/index.js";
import { Example } from "../support/example.js";

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
  const project = new Example("multi-tenant", { CHROMA_SYNC_ENDPOINT: emulator.url });
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
    // A key that the service does not know stops its own team alone.
    await project.pulumi("config", "set", "--secret", "globexKey", "revoked");
    const refused = await project.preview();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("401");
    expect(refused.output).not.toContain("revoked");
  } finally {
    await emulator.close();
    project.remove();
  }
});
