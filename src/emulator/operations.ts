import { z } from "zod";
import {
  cancelInvocation,
  createInvocation,
  getInvocation,
  latestByKeys,
  listInvocations,
} from "./invocations.js";
import type { Reply, Request } from "./reply.js";
import { job, kinds, source, uuid } from "./reply-schemas.js";
import * as schemas from "./schemas.js";
import { createSource, deleteSource, getSource, listSources } from "./sources.js";
import type { State } from "./state.js";
import { addFile } from "./upload.js";

/** An operation of the API document: where it is, what it does, what it takes and what it gives. */
export interface Operation {
  operationId: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  run(state: State, request: Request, id: string): Reply;
  /** It asks for no key. */
  open?: true;
  query?: z.ZodObject;
  headers?: Record<string, z.ZodType>;
  body?: z.ZodType;
  multipart?: true;
  success: [status: number, schema: z.ZodType | undefined];
  errors: number[];
}

const SOURCES = "/api/v1/sources";
const SOURCE = `${SOURCES}/{source_id}`;
const INVOCATIONS = "/api/v1/invocations";
const INVOCATION = `${INVOCATIONS}/{invocation_id}`;
const ALL = [400, 401, 403, 404, 500];
const idOf = (name: string) => z.object({ [name]: uuid });

/** The operations of the API document. */
export const OPERATIONS: Operation[] = [
  {
    operationId: "health_check",
    method: "GET",
    path: "/health",
    run: () => ({ status: 200, body: {} }),
    open: true,
    success: [200, undefined],
    errors: [503],
  },
  {
    operationId: "list_sources",
    method: "GET",
    path: SOURCES,
    run: listSources,
    query: schemas.listSources,
    success: [200, z.array(source)],
    errors: ALL,
  },
  {
    operationId: "create_source",
    method: "POST",
    path: SOURCES,
    run: createSource,
    body: z.object({ ...schemas.commonSource, ...kinds }),
    success: [201, idOf("source_id")],
    errors: [...ALL, 409],
  },
  {
    operationId: "get_source",
    method: "GET",
    path: SOURCE,
    run: getSource,
    success: [200, source],
    errors: ALL,
  },
  {
    operationId: "delete_source",
    method: "DELETE",
    path: SOURCE,
    run: deleteSource,
    success: [204, undefined],
    errors: ALL,
  },
  {
    operationId: "create_job",
    method: "POST",
    path: `${SOURCE}/invocations`,
    run: createInvocation,
    body: schemas.createInvocation,
    success: [201, idOf("invocation_id")],
    errors: [...ALL, 409],
  },
  {
    operationId: "latest_invocations_by_keys",
    method: "POST",
    path: `${SOURCE}/invocations/latest-by-keys`,
    run: latestByKeys,
    body: schemas.latestByKeys,
    success: [200, z.record(z.string(), job)],
    errors: ALL,
  },
  {
    operationId: "list_jobs",
    method: "GET",
    path: INVOCATIONS,
    run: listInvocations,
    query: schemas.listInvocations,
    success: [200, z.array(job)],
    errors: ALL,
  },
  {
    operationId: "get_job",
    method: "GET",
    path: INVOCATION,
    run: getInvocation,
    success: [200, job],
    errors: ALL,
  },
  {
    operationId: "cancel_pending_job",
    method: "PUT",
    path: INVOCATION,
    run: cancelInvocation,
    success: [202, z.object({})],
    errors: [...ALL, 412],
  },
  {
    operationId: "add_file",
    method: "POST",
    path: "/api/v1/add-file",
    run: addFile,
    body: schemas.uploadFields.extend({ file: z.string().meta({ format: "binary" }) }),
    multipart: true,
    headers: { "x-upload-content-length": z.int().min(1).max(209_715_200) },
    success: [201, idOf("invocation_id")],
    errors: [...ALL, 429],
  },
];
