import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { AddFileOptions, Job, ListInvocationsQuery } from "../../../src/api/index.js";
import { type BatchEntry, packedEntries } from "../../../src/model/batch-encoding.js";
import { file } from "../../../src/provider/file/index.js";
import { files } from "../../../src/provider/files/index.js";
import { invocation } from "../../../src/provider/invocation/index.js";
import { providerOf } from "./provider.js";

/** Where the files of all folders are; none is read, since the service takes no bytes. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "chroma-sync-explorer-"));
process.once("exit", () => fs.rmSync(folder, { recursive: true }));
for (const name of ["cafe\u0301.md", "b.md"]) fs.writeFileSync(path.join(folder, name), "content");

const PLACE = { databaseName: "db", collectionName: "objects" };

/** The same histories, with files in the place of objects: a single one as a file, a batch as a folder. */
export const uploads = providerOf({
  resourceOf({ kind }, { sourceId, refIdentifier }) {
    if (kind === "batch") return files;
    return sourceId !== undefined && refIdentifier !== undefined ? invocation : file;
  },
  inputsOf({ objects, ...inputs }) {
    const { sourceId: _source, objectKey, ...others } = inputs;
    if (objects)
      return { ...PLACE, ...others, folder, entries: packedEntries(objects as unknown as BatchEntry[]) };
    if (objectKey === undefined) return inputs;
    return { ...PLACE, ...others, filename: objectKey, file: { text: "content" }, contentHash: "content" };
  },
  clientOf: (client) => ({
    ...client,
    addFile: ({ filename, custom_id, metadata, collection_name }: AddFileOptions) =>
      client.createInvocation("uploads", {
        object_key: filename!,
        ...(custom_id ? { custom_id } : {}),
        ...(metadata ? { metadata } : {}),
        target_collection_name: collection_name,
      }),
    listInvocations: async (query: ListInvocationsQuery) =>
      (await client.listInvocations(query)).map(asUpload),
    getInvocation: async (id: string) => asUpload(await client.getInvocation(id)),
    async *sources() {},
  }),
});

function asUpload(job: Job): Job {
  const { s3, ...metadata } = job.metadata as { s3?: { object_key: string } };
  if (!s3) return job;
  const { object_key: filename, ...others } = s3;
  return { ...job, metadata: { ...metadata, file_upload: { ...others, filename } } };
}
