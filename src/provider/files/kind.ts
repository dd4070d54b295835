import type { Item } from "../batch/items.js";
import type { BatchKind } from "../batch/kind.js";
import type { Progress } from "../batch/progress.js";
import { contentOf, sizeOf } from "../file/local-file.js";
import { fieldsOf } from "../file/upload.js";
import { placeOfEntry } from "./folder.js";
import { FILES_FIELDS, type FilesInputs } from "./inputs.js";

/** Uploads under way at once. The service limits them for each team, and does not say to how many. */
const CONCURRENCY = 8;

/** The files of a folder as a batch. */
export function filesKind(inputs: FilesInputs): BatchKind {
  let progress: Progress | undefined;
  const sent = new Map<Item, number>();
  /** Of one that is sent again, what was sent before does not count. */
  const count = (item: Item, bytes: number) => {
    progress?.bytes(0, bytes - (sent.get(item) ?? 0));
    sent.set(item, bytes);
  };
  return {
    whole: "folder",
    many: "files",
    doing: "uploaded",
    changes: "content",
    fields: FILES_FIELDS,
    concurrency: CONCURRENCY,
    count(items, shown) {
      progress = shown;
      for (const { objectKey } of items) shown.bytes(sizeIfThere(placeOfEntry(inputs, objectKey)), 0);
    },
    send(context, item, sending) {
      count(item, 0);
      const { objectKey, entry } = item;
      return context.client().addFile({
        ...fieldsOf(inputs, item.payload()),
        ...contentOf(placeOfEntry(inputs, objectKey), entry.version ?? ""),
        onProgress(bytes) {
          count(item, bytes);
          sending();
        },
      });
    },
  };
}

/** One that is gone fails when it is sent. */
function sizeIfThere(place: string): number {
  try {
    return sizeOf(place);
  } catch {
    return 0;
  }
}
