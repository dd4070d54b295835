/** A request as the operations see it, with no socket behind it. */
export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  token: string | undefined;
  /** The parsed JSON body; undefined if there is none. */
  body: unknown;
  /** The parts of a multipart body, in their order. */
  form?: [name: string, value: string | UploadedFile][];
  /** `x-upload-content-length`, in bytes. */
  uploadLength?: number;
}

/** A file of a multipart body, which is on disk. */
export interface UploadedFile {
  name: string;
  path: string;
  size: number;
}

/** An answer; `body` is sent as JSON if there is one. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** An error answer, in the form that the API document gives every error. */
export class RefusalError extends Error {
  readonly reply: Reply;
  constructor(status: number, error: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.reply = { status, body: { error, message }, headers };
  }
}

export const badRequest = (message: string) => new RefusalError(400, "BadRequest", message);
export const notFound = (message: string) => new RefusalError(404, "NotFound", message);
export const conflict = (message: string) => new RefusalError(409, "Conflict", message);
