import { GITHUB, oneSync, S3 } from "./one-sync.js";

const BRANCH = `sourceId: "${GITHUB}", refIdentifier: { branch: "main" }, targetCollectionName: "docs"`;
const OBJECT = `sourceId: "${S3}", objectKey: "a", provenance: true`;

test("an invocation that exists is adopted, never cancelled, and stays when the input goes", async () => {
  const { emulator, project, declare, ids, state, cancels } = await oneSync({ pendingMs: 600_000 });
  const answer = await fetch(`${emulator.url}/api/v1/sources/${S3}/invocations`, {
    method: "POST",
    headers: { "x-chroma-token": "k", "content-type": "application/json" },
    body: JSON.stringify({ object_key: "a" }),
  });
  const { invocation_id: id } = (await answer.json()) as { invocation_id: string };
  declare(`sourceId: "${S3}", objectKey: "b", adoptInvocationId: "${id}"`);
  expect((await project.up("--skip-preview")).output).toContain("does not match these inputs");
  declare(`sourceId: "${S3}", objectKey: "a", adoptInvocationId: "${id}"`);
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(await state()).toMatchObject({ id, outputs: { adopted: true } });
  declare(`sourceId: "${S3}", objectKey: "a"`);
  expect((await project.up("--skip-preview")).output).not.toContain("replaced");
  await project.destroy("--skip-preview");
  expect(ids()).toEqual([id]);
  expect(cancels()).toBe(0);
});

test("a collection that has finished: fail lists who wrote it, adopt takes it over", async () => {
  const { project, declare, ids, state, cancels } = await oneSync();
  declare(`${BRANCH}, waitForCompletion: true`);
  await project.up("--skip-preview");
  declare(BRANCH, "{}", "b");
  const refused = await project.up("--skip-preview");
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("409");
  expect(refused.output).toContain(ids()[0]);
  expect(refused.output).toContain('onConflict: "adopt"');
  declare(`${BRANCH}, onConflict: "adopt"`, "{}", "b");
  expect((await project.up("--skip-preview")).code).toBe(0);
  expect(await state()).toMatchObject({ id: ids()[0], outputs: { adopted: true } });
  expect(ids()).toHaveLength(1);
  expect(cancels()).toBe(0);
});

test("what asks for a new sync gets one: triggers, --replace, taint, destroy and up, a new name", async () => {
  const { project, declare, ids, state } = await oneSync({ pendingMs: 600_000 });
  declare(`${OBJECT}, triggers: [0]`);
  await project.up("--skip-preview");
  const urn = (await state()).urn;
  declare(`${OBJECT}, triggers: [1]`);
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(2);
  expect((await project.up("--skip-preview", "--replace", urn)).output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(3);
  await project.pulumi("state", "taint", urn, "--yes");
  expect((await project.up("--skip-preview")).output).toContain("+-1 replaced");
  expect(ids()).toHaveLength(4);
  await project.destroy("--skip-preview");
  await project.up("--skip-preview");
  expect(ids()).toHaveLength(5);
  declare(`${OBJECT}, triggers: [1]`, "{}", "renamed");
  await project.up("--skip-preview");
  expect(ids()).toHaveLength(6);
  expect((await state()).id).toBe(ids()[5]);
});

test("on a machine without the journal a replacement that finds the old sync never cancels it", async () => {
  const { project, declare, ids, state, cancels } = await oneSync({ pendingMs: 600_000 });
  declare(OBJECT);
  await project.up("--skip-preview");
  project.forgetJournal();
  await project.up("--skip-preview", "--replace", (await state()).urn);
  expect(ids()).toContain((await state()).id);
  expect(cancels()).toBe(ids().length - 1);
});
