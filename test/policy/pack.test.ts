import { encodeBatchEntries, encodeBatchRecords } from "../../src/model/batch-encoding.js";
import { BATCH_TYPES, INVOCATION_TYPES, SOURCE_TYPES } from "../../src/model/resource-types.js";
import { UNKNOWN } from "../../src/model/unknown.js";
import { chromaSyncPolicies, type PolicyOptions } from "../../src/policy/index.js";

// The proxy that a pack's runner puts around inputs at preview; it has no types of its own.
const { unknownCheckingProxy } = jest.requireActual("@pulumi/policy/proxy");

const SOURCE = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const [INVOCATION, BATCH] = [INVOCATION_TYPES[0]!, BATCH_TYPES[0]!];

interface Resource {
  type: string;
  name: string;
  props: Record<string, unknown>;
}
type Report = (text: string) => void;
type Policy = { name: string } & Record<
  "validateResource" | "validateStack",
  (args: object, report: Report) => void
>;
interface Reported {
  policy: string;
  text: string;
}

const batch = (count: number, name = "batch"): Resource => ({
  type: BATCH,
  name,
  props: {
    sourceId: SOURCE,
    entries: encodeBatchEntries(Array.from({ length: count }, (_, n) => ({ objectKey: `p/${n}` }))),
  },
});
const recorded = (count: number, name: string): Resource => ({
  type: BATCH,
  name,
  props: {
    sourceId: SOURCE,
    records: encodeBatchRecords(
      Array.from({ length: count }, (_, n) => ({
        objectKey: `p/${n}`,
        digest: "12345678",
        invocationId: SOURCE,
        status: "complete",
      })),
    ),
  },
});

/** A run of the pack as the engine makes one: each resource before it is created, and the stack at the end. */
function pack(options: PolicyOptions, preview = false) {
  process.env.PULUMI_DRY_RUN = String(preview);
  const policies = chromaSyncPolicies(options) as unknown as Policy[];
  delete process.env.PULUMI_DRY_RUN;
  const reported: Reported[] = [];
  const notApplicable: string[] = [];
  const common = (policy: string) => ({
    getConfig: () => ({}),
    notApplicable: () => void notApplicable.push(policy),
  });
  const args = ({ type, name, props }: Resource) => ({
    type,
    name,
    props: unknownCheckingProxy(props),
    urn: `urn:${name}`,
  });
  const ask = (method: "validateResource" | "validateStack", what: object) => {
    for (const policy of policies)
      try {
        policy[method]({ ...what, ...common(policy.name) }, (text: string) =>
          reported.push({ policy: policy.name, text }),
        );
      } catch (error) {
        reported.push({ policy: policy.name, text: `can't run: ${(error as Error).message}` });
      }
    return reported.splice(0);
  };
  const resource = (one: Resource) => ask("validateResource", args(one));
  const stack = (...all: Resource[]) => ask("validateStack", { resources: all.map(args) });
  return { resource, stack, notApplicable };
}

const of = (name: string, all: Reported[]) =>
  all.filter(({ policy }) => policy === name).map(({ text }) => text);

test.each([
  [INVOCATION_TYPES, { sourceId: SOURCE, objectKey: "a.pdf" }],
  [BATCH_TYPES, { sourceId: SOURCE, objects: [{ objectKey: "a.pdf" }] }],
])("the types %j are syncs", (types, props) => {
  expect(types).toHaveLength(3);
  for (const type of types)
    expect(of("document-budget", pack({}).resource({ type, name: "a", props }))).toHaveLength(1);
});

test("the three types of a source are sources", () => {
  for (const type of SOURCE_TYPES)
    expect(of("web-limits", pack({}).resource({ type, name: "a", props: { webScrape: {} } }))).toHaveLength(
      1,
    );
});

test("resources that a run does not pass through are judged at its end, by their records", () => {
  const run = pack({ "max-syncs-per-stack": { max: 50 } });
  expect(of("max-syncs-per-stack", run.resource(batch(42)))).toEqual([]);
  const end = run.stack(recorded(42, "batch"), recorded(9, "elsewhere"));
  expect(of("max-syncs-per-stack", end)).toEqual([expect.stringContaining("declares 51 syncs, 50")]);
  expect(of("one-sync-per-key", end)[0]).toContain('batch and elsewhere both sync object key "p/0"');
});

test("records and entries that cannot be read are not judged, and that is reported", () => {
  const unreadable: Resource = { type: BATCH, name: "new", props: { sourceId: SOURCE, records: "7 x" } };
  const end = pack({}).stack(unreadable);
  expect(of("not-judged", end)).toContainEqual(
    expect.stringMatching(/max-syncs-per-stack of new: its list of objects cannot be read/),
  );
  const before = pack({}).resource({ type: BATCH, name: "old", props: { sourceId: SOURCE } });
  expect(of("not-judged", before)).toContainEqual(
    expect.stringMatching(/document-budget of old: its inputs have no list of objects/),
  );
});

test("one object of a batch that is not known keeps no other from being judged", () => {
  const objects = [{ objectKey: UNKNOWN }, { objectKey: "a.pdf" }, UNKNOWN];
  const told = pack({}).resource({ type: BATCH, name: "a", props: { sourceId: SOURCE, objects } });
  expect(of("document-budget", told)).toEqual([
    expect.stringContaining('object key "a.pdf"'),
    expect.stringMatching(/^can't run: .*objectKey|objects/),
  ]);
});

test("a total is reported at each resource that exceeds it at up, and once at a preview", () => {
  const options = { "max-syncs-per-stack": { max: 10 } };
  const up = pack(options);
  expect(of("max-syncs-per-stack", up.resource(batch(42)))).toHaveLength(1);
  expect(of("max-syncs-per-stack", up.resource(batch(1, "more")))).toHaveLength(1);
  expect(of("max-syncs-per-stack", up.stack(batch(42), batch(1, "more")))).toEqual([]);
  const preview = pack(options, true);
  expect(of("max-syncs-per-stack", preview.resource(batch(42)))).toEqual([]);
  expect(of("max-syncs-per-stack", preview.stack(batch(42)))).toHaveLength(1);
});

test("beyond 20 violations an up still reports each resource, once, and a preview the count", () => {
  const invocation = (n: number): Resource => ({
    type: INVOCATION,
    name: `s${n}`,
    props: { sourceId: SOURCE, objectKey: `${n}.pdf` },
  });
  const up = pack({});
  const all = Array.from({ length: 30 }, (_, n) => of("document-budget", up.resource(invocation(n))));
  expect(all.every((texts) => texts.length === 1)).toBe(true);
  expect(of("document-budget", up.stack())).toEqual([]);
  const preview = pack({}, true);
  const shown = Array.from({ length: 30 }, (_, n) => of("document-budget", preview.resource(invocation(n))));
  expect(shown.flat()).toHaveLength(20);
  expect(of("document-budget", preview.stack())).toEqual(["and 10 more"]);
});

test("a process that serves a second run judges it anew", () => {
  const run = pack({ "max-syncs-per-stack": { max: 50 } });
  const root = { type: "pulumi:pulumi:Stack", name: "dev", props: {} };
  for (let n = 0; n < 2; n++) {
    run.resource(root);
    expect(of("max-syncs-per-stack", run.resource(batch(42)))).toEqual([]);
    expect(of("one-sync-per-key", run.resource(batch(1, "again")))).toHaveLength(1);
  }
});

test("a rule that has nothing to judge says that it does not apply", () => {
  const run = pack({});
  run.resource({ type: INVOCATION, name: "a", props: { sourceId: SOURCE, objectKey: "a" } });
  for (const name of ["web-limits", "allowed-databases", "allowed-targets", "https-endpoint"])
    expect(run.notApplicable).toContain(name);
  expect(run.notApplicable).not.toContain("document-budget");
});

test("syncs with different providers do not share a collection, and those of one source do", () => {
  const judge = (...providers: string[]) => {
    const policies = chromaSyncPolicies() as unknown as Policy[];
    const policy = policies.find(({ name }) => name === "one-ref-per-collection")!;
    const texts: string[] = [];
    for (const [n, provider] of providers.entries())
      policy.validateResource(
        {
          type: INVOCATION,
          name: `s${n}`,
          urn: `${n}`,
          getConfig: () => ({}),
          provider: { urn: provider },
          props: {
            sourceId: provider.startsWith("same") ? SOURCE : `${n}`,
            targetCollectionName: "docs",
            refIdentifier: { branch: `${n}` },
          },
        },
        (text: string) => texts.push(text),
      );
    return texts.length;
  };
  expect(judge("a", "b")).toBe(0);
  expect(judge("same-1", "same-2")).toBe(1);
});
