import type { Job } from "../../../src/api/index.js";
import { failureOf } from "../../../src/provider/service/failure.js";

const failed = (message: string, additional: unknown) =>
  ({
    id: "0192f0c1-5d3e-7b7a-9c53-000000000001",
    status: { failed: { error: message } },
    metadata: { s3: { object_key: "a.md", custom_id: "doc-17", additional_metadata: additional } },
  }) as unknown as Job;

test("why an invocation failed is told without the metadata that was sent for it", () => {
  const job = failed("no: tenant hunter2, owner s3cret, id doc-17", { owner: "s3cret", custom_id: "doc-17" });
  expect(failureOf(job, { tenant: "hunter2" })).toBe("no: tenant [metadata], owner [metadata], id doc-17");
});

test("metadata that has no end, or is none, does not stop it", () => {
  let deep: unknown = "bottom";
  for (let level = 0; level < 50_000; level++) deep = { deep };
  expect(failureOf(failed("no", { deep }), undefined)).toBe("no");
  for (const odd of [null, 7, "text", []]) expect(failureOf(failed("no", odd), undefined)).toBe("no");
});
