import * as fs from "node:fs";
import * as path from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/index.js";
import type { Properties, Resource } from "../../../src/provider/resource.js";
import { contextAt, temporaryFolder } from "../context.js";

export const PLACE = { databaseName: "db", collectionName: "docs" };

/** An emulator with the databases of the tests, and a folder for files. */
export function uploads(options: EmulatorOptions = {}) {
  const folder = temporaryFolder();
  let emulator: Emulator;
  let cases = 0;
  let at = "";
  beforeEach(async () => {
    at = path.join(folder, String(cases++));
    fs.mkdirSync(at);
    emulator = await startEmulator({
      token: "key-of-the-test",
      pendingMs: 0,
      processingMs: 0,
      seed: { databases: ["db", "other"] },
      ...options,
    });
  });
  afterEach(() => emulator.close());
  return {
    get emulator() {
      return emulator;
    },
    /** What the service has accepted. */
    jobs: () =>
      emulator.jobs() as unknown as { id: string; metadata: { file_upload?: Record<string, unknown> } }[],
    place: (name: string) => path.join(at, name),
    write(name: string, content: string | Buffer) {
      const file = path.join(at, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
      return file;
    },
    context: (settings: Record<string, string> = {}) =>
      contextAt(emulator.url, { "chroma-sync:settleSeconds": "1", ...settings }),
  };
}

/** A run of the engine with one resource: what is in state, and what the program says now. */
export async function up(
  kind: Resource,
  context: ReturnType<typeof contextAt>,
  given: Properties,
  olds?: { inputs: Properties; state: Properties },
) {
  const urn = "urn:pulumi:dev::test::type::docs";
  const on = context.on(urn);
  const inputs = kind.withContent?.(given) ?? given;
  const failures = await kind.check(on, urn, olds?.inputs ?? {}, inputs);
  if (failures.length > 0) return { failures, inputs, state: olds?.state ?? {}, does: "fails" };
  const difference = olds && (await kind.diff(on, urn, olds.state, inputs));
  const does =
    !difference || difference.replaces.length > 0 ? "creates" : difference.changes ? "updates" : "nothing";
  const sent = kind.inputs(inputs);
  if (does !== "nothing") await kind.preview?.(on, urn, sent, does === "updates" ? olds?.state : undefined);
  const id = String(olds?.state[kind.id]);
  const state =
    does === "creates"
      ? await kind.create(on, urn, sent)
      : does === "updates"
        ? await kind.update(on, urn, id, olds!.state, sent)
        : olds!.state;
  return { failures, inputs, state, does, difference };
}
