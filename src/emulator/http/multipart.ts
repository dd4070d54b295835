import type * as http from "node:http";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { badRequest, type Request, type UploadedFile } from "../reply.js";
import { MAX_BYTES } from "../upload.js";
import type { Spool } from "./spool.js";

const LIMITS = {
  fileSize: MAX_BYTES + 1,
  files: 1,
  fields: 100,
  fieldSize: 1024 * 1024,
  fieldNameSize: 1024,
};

type Form = NonNullable<Request["form"]>;

/**
 * Reads a multipart body: its parts in their order, files on disk. Files are written while they arrive, and
 * nothing is read beyond a limit.
 *
 * @throws RefusalError 400 if the body is malformed or above a limit.
 */
export async function readMultipart(incoming: http.IncomingMessage, spool: Spool): Promise<Form> {
  const parts: (Form[number] | Promise<Form[number]>)[] = [];
  const files: BusboyFileStream[] = [];
  const parser = parserOf(incoming);
  try {
    await new Promise<void>((resolve, reject) => {
      const tooMuch = () => reject(badRequest("the body is too large, or has too many parts"));
      const malformed = () => reject(badRequest("the request is not well-formed"));
      parser.on("field", (name, value, _nameIsCut, isCut) => {
        if (isCut) tooMuch();
        parts.push([name, value]);
      });
      parser.on("file", (name, stream, filename) => {
        files.push(stream);
        stream.once("limit", tooMuch);
        const written = spool.write(decoded(filename), stream);
        written.catch(reject);
        parts.push(written.then((file) => [name, file]));
      });
      parser.on("filesLimit", tooMuch).on("fieldsLimit", tooMuch);
      parser.once("finish", resolve).once("error", malformed);
      // Closed at its end is closed as it should be.
      incoming.once("error", malformed).once("close", () => incoming.complete || malformed());
      incoming.pipe(parser);
    });
    return await Promise.all(parts);
  } catch (error) {
    incoming.unpipe(parser);
    for (const file of files) file.destroy(error as Error);
    const settled = await Promise.allSettled(parts);
    spool.dropUnkept(filesOf(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))));
    throw error;
  }
}

/** The files of a form. */
export function filesOf(form: Form): UploadedFile[] {
  return form.flatMap(([, value]) => (typeof value === "string" ? [] : [value]));
}

function parserOf({ headers }: http.IncomingMessage): BusboyInstance {
  try {
    const type = headers["content-type"] ?? "";
    return new Busboy({ headers: { ...headers, "content-type": type }, preservePath: true, limits: LIMITS });
  } catch {
    throw badRequest("the request is not well-formed");
  }
}

/** Browsers and `fetch` write the three characters that a header cannot hold in this way. */
function decoded(filename: string): string {
  return filename.replace(/%0A/gi, "\n").replace(/%0D/gi, "\r").replace(/%22/g, '"');
}
