import { inOrder, maybe, without } from "./later.js";
import { metadataProblem } from "./metadata.js";

const MOST_BYTES = 16 * 1024;

/** Metadata of the chunks of an upload, of which the service takes less than elsewhere. */
export const uploadMetadata = maybe(
  inOrder(
    without(metadataProblem),
    without((metadata: object) => {
      const bytes = Buffer.byteLength(JSON.stringify(metadata));
      return bytes > MOST_BYTES
        ? `has ${bytes.toLocaleString("en-US")} bytes as JSON, and an upload takes up to ${MOST_BYTES.toLocaleString("en-US")}: shorten it`
        : undefined;
    }),
  ),
);
