import type { Context } from "../context.js";
import { createOnce } from "../exactly-once/create-once.js";
import { adopt } from "../invocation/adopt.js";
import { adoptedAs, withJob } from "../invocation/state.js";
import { finish } from "../invocation/wait.js";
import type { FileInputs } from "./inputs.js";
import { requestFor } from "./request.js";
import { type FileState, kept } from "./state.js";

/** Uploads the file. Once the service has given an id, every way out carries it. */
export async function create(context: Context, urn: string, inputs: FileInputs): Promise<FileState> {
  const request = requestFor(context, urn, inputs);
  if (inputs.adoptInvocationId) {
    const job = await adopt(context, urn, request, inputs.adoptInvocationId);
    return finish(context, urn, withJob({ ...kept(inputs), ...adoptedAs(job) }, job));
  }
  const { id } = await createOnce(context, urn, request, { provenance: inputs.provenance === true });
  return finish(context, urn, { ...kept(inputs), invocationId: id, status: "pending" });
}
