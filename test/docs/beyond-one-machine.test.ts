import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadAll } from "js-yaml";
import { z } from "zod";
import schema from "../../schema.json";
import { temporaryFolder } from "../provider/context.js";

const page = fs.readFileSync(path.join(__dirname, "../../docs/beyond-one-machine.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, code]) => code!);
// biome-ignore lint/suspicious/noExplicitAny: documents of any kind.
const documents = blocks("yaml").flatMap((text) => loadAll(text) as any[]);

const folder = temporaryFolder();

const secretRef = z.strictObject({
  type: z.literal("Secret"),
  secret: z.strictObject({ name: z.string(), key: z.string() }),
});
const literalRef = z.strictObject({
  type: z.literal("Literal"),
  literal: z.strictObject({ value: z.string() }),
});
const metadata = z.strictObject({ name: z.string() });

/** The fields that the page uses, as the operator's custom resource definitions (2.9.0) have them. */
const KINDS = {
  Program: z.strictObject({
    apiVersion: z.literal("pulumi.com/v1"),
    kind: z.string(),
    metadata,
    program: z.strictObject({
      resources: z.record(
        z.string(),
        z.strictObject({
          type: z.string(),
          properties: z.record(z.string(), z.unknown()),
          options: z.strictObject({ version: z.string() }),
        }),
      ),
      outputs: z.record(z.string(), z.string()),
    }),
  }),
  Stack: z.strictObject({
    apiVersion: z.literal("pulumi.com/v1"),
    kind: z.string(),
    metadata,
    spec: z.strictObject({
      stack: z.string().regex(/^[\w-]+\/[\w-]+\/[\w-]+$/),
      programRef: z.strictObject({ name: z.string() }),
      serviceAccountName: z.string(),
      refresh: z.boolean(),
      continueResyncOnCommitMatch: z.boolean(),
      resyncFrequencySeconds: z.int().min(60),
      destroyOnFinalize: z.boolean(),
      envRefs: z.record(z.string(), z.union([secretRef, literalRef])),
      workspaceTemplate: z.strictObject({
        spec: z.strictObject({
          image: z.string(),
          podTemplate: z.strictObject({
            spec: z.strictObject({
              terminationGracePeriodSeconds: z.int(),
              securityContext: z.strictObject({ fsGroup: z.int() }),
              containers: z.array(
                z.strictObject({
                  name: z.literal("pulumi"),
                  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
                }),
              ),
              volumes: z.array(
                z.strictObject({
                  name: z.string(),
                  persistentVolumeClaim: z.strictObject({ claimName: z.string() }),
                }),
              ),
            }),
          }),
        }),
      }),
    }),
  }),
};
const one = (kind: string) => {
  const [found, ...others] = documents.filter((document) => document.kind === kind);
  expect(others).toEqual([]);
  return found;
};

test.each(Object.entries(KINDS))("the operator's %s has fields of its definition alone", (kind, shape) => {
  expect(shape.safeParse(one(kind)).error).toBeUndefined();
});

test("the manifests name each other, and the journal is on the volume", () => {
  const { spec } = one("Stack");
  const pod = spec.workspaceTemplate.spec.podTemplate.spec;
  expect(one("Program").metadata.name).toBe(spec.programRef.name);
  expect(one("ServiceAccount").metadata.name).toBe(spec.serviceAccountName);
  expect(one("ClusterRoleBinding").subjects[0].name).toBe(spec.serviceAccountName);
  expect(one("PersistentVolumeClaim").metadata.name).toBe(pod.volumes[0].persistentVolumeClaim.claimName);
  expect(pod.containers[0].volumeMounts[0]).toEqual({
    name: pod.volumes[0].name,
    mountPath: spec.envRefs.CHROMA_SYNC_JOURNAL.literal.value,
  });
  const [image] = blocks("dockerfile");
  expect(image).toContain(`chroma-sync v${schema.version} --server ${schema.pluginDownloadURL}\n`);
  expect(spec.workspaceTemplate.spec.image).toMatch(new RegExp(`:${schema.version}$`));
});

test("the resources of the Program are those of the schema, in its version", () => {
  const { resources, outputs } = one("Program").program;
  const declared = schema.resources as Record<string, { inputProperties: object; requiredInputs?: string[] }>;
  for (const { type, properties, options } of Object.values<Record<string, never>>(resources)) {
    const { inputProperties, requiredInputs = [] } = declared[String(type).replace(":", ":index:")]!;
    expect(Object.keys(inputProperties)).toEqual(expect.arrayContaining(Object.keys(properties!)));
    expect(Object.keys(properties!)).toEqual(expect.arrayContaining(requiredInputs));
    expect(options).toEqual({ version: schema.version });
  }
  expect(outputs).toEqual({ collection: expect.stringContaining("${sync.") });
});

test("the settings of Pulumi Deployments are of one stack, without a journal and without remediation", () => {
  const { settings, drift } = documents.find(({ runtime }) => runtime === "yaml").resources;
  const { organization, project, stack } = settings.properties;
  expect(Object.keys(settings.properties.operationContext)).toEqual(["environmentVariables"]);
  // The text, which YAML would make a boolean of without quotes.
  expect(settings.properties.operationContext.environmentVariables.CHROMA_SYNC_JOURNAL).toBe("off");
  expect(drift).toEqual({
    type: "pulumiservice:DriftSchedule",
    properties: { organization, project, stack, scheduleCron: "0 5 * * *", autoRemediate: false },
    options: { dependsOn: [expect.stringContaining("{settings}")] },
  });
});

test("the workflow of the drift run pins its actions and gives the secrets to one step", () => {
  const { permissions, jobs } = documents.find((document) => "jobs" in document);
  expect(permissions).toEqual({ contents: "read" });
  const steps: { uses?: string; env?: object }[] = jobs.drift.steps;
  for (const { uses } of steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  expect(steps.filter(({ env }) => env)).toHaveLength(1);
});

test("the script puts each object into the shard of its key, twice the same", () => {
  const script = path.join(folder, "shard.mjs");
  fs.writeFileSync(script, blocks("js")[0]!);
  const keys = Array.from({ length: 5000 }, (_, index) => `docs/page ${index}.md`);
  const split = (input: string[]) => {
    const lines = input.map((key) => `${key}\tetag-of-${key}\n`).join("");
    execFileSync(process.execPath, [script, "7"], { cwd: folder, input: lines });
    return Array.from({ length: 7 }, (_, shard) =>
      fs
        .readFileSync(path.join(folder, `shards/${shard}.tsv`), "utf8")
        .trim()
        .split("\n"),
    );
  };
  const shards = split(keys);
  expect(shards.flat().sort()).toEqual(keys.map((key) => `${key}\tetag-of-${key}`).sort());
  for (const shard of shards) expect(Math.abs(shard.length - keys.length / 7)).toBeLessThan(150);
  const [first] = shards[3]!;
  const hash = createHash("sha256").update(first!.split("\t")[0]!).digest();
  expect(hash.readUInt32BE() % 7).toBe(3);
  expect(split([...keys].reverse()).map((shard) => shard.sort())).toEqual(
    shards.map((shard) => shard.sort()),
  );
});
