import type { AddFileOptions, CreateInvocationPayload } from "../../api/index.js";
import type { Context } from "../context.js";
import { toWire } from "../source/wire.js";
import { sizeText } from "../waiting/bytes.js";
import { Heartbeat } from "../waiting/heartbeat.js";
import type { FileInputs } from "./inputs.js";
import { contentOf } from "./local-file.js";

type Settings = Pick<
  FileInputs,
  "databaseName" | "collectionName" | "embedding" | "chunking" | "contentType"
>;

/** The fields of an upload, all but the content. */
export function fieldsOf(settings: Settings, payload: CreateInvocationPayload): Omit<AddFileOptions, "file"> {
  const { databaseName, collectionName, embedding, chunking, contentType } = settings;
  return {
    database_name: databaseName,
    collection_name: collectionName,
    filename: payload.object_key!,
    ...(payload.custom_id ? { custom_id: payload.custom_id } : {}),
    ...(payload.metadata ? { metadata: payload.metadata } : {}),
    ...(toWire({ embedding, chunking }) as Pick<AddFileOptions, "embedding" | "chunking">),
    ...(contentType ? { content_type: contentType } : {}),
  };
}

/** Uploads the file, and says on the row how far it has come. `sending` is called while it is on its way. */
export async function upload(
  context: Context,
  urn: string,
  inputs: FileInputs,
  payload: CreateInvocationPayload,
  sending: () => void,
): Promise<string> {
  const content = contentOf(inputs.file, inputs.contentHash ?? "");
  let sent = 0;
  const text = () => `uploading ${sizeText(sent)} of ${sizeText(content.size)}`;
  const heartbeat = new Heartbeat(context, urn, () => ({ phase: "uploading", text: text() }));
  try {
    return await context.client().addFile({
      ...fieldsOf(inputs, payload),
      ...content,
      onProgress(bytes) {
        sent = bytes;
        sending();
      },
    });
  } finally {
    heartbeat.stop();
  }
}
