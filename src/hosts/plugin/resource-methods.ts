import {
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { ResponseError } from "../../api/index.js";
import { isUnfinished } from "../../model/invocation-status.js";
import type { Properties, Resource } from "../../provider/resource.js";
import { RESOURCES } from "../../provider/resources.js";
import { whileRunning } from "../lifetime.js";
import { withSecrets } from "../secrets.js";
import { detailedDiff } from "./detailed-diff.js";
import { toResponseFailures } from "./failures.js";
import { currentRun } from "./run.js";
import { toPlain, toStruct } from "./struct.js";

/** The kinds of resources by their types. */
const KINDS = new Map<string, Resource>([
  ["chroma-sync:index:Invocation", RESOURCES.invocation],
  ["chroma-sync:index:InvocationBatch", RESOURCES.batch],
  ["chroma-sync:index:Source", RESOURCES.source],
]);

/** What the engine asks of a resource, answered by its kind. */
export const resourceMethods = {
  async check(request: CheckRequest): Promise<CheckResponse> {
    const kind = kindOf(request.getUrn());
    const news = propertiesOf(request.getNews());
    const failures = await kind.check(
      currentRun().on(request.getUrn()),
      request.getUrn(),
      propertiesOf(request.getOlds()),
      news,
    );
    return new CheckResponse()
      .setInputs(toStruct(withSecrets(kind.secrets ?? [], news)))
      .setFailuresList(toResponseFailures(failures));
  },
  async diff(request: DiffRequest): Promise<DiffResponse> {
    const news = propertiesOf(request.getNews());
    const olds = propertiesOf(request.getOlds());
    const difference = await kindOf(request.getUrn()).diff(
      currentRun().on(request.getUrn()),
      request.getUrn(),
      olds,
      news,
    );
    const { changes, changed, replaces, deleteBeforeReplace = false } = difference;
    const response = new DiffResponse()
      .setChanges(changes ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
      .setReplacesList(replaces)
      .setDiffsList(changed)
      .setDeletebeforereplace(deleteBeforeReplace)
      .setHasdetaileddiff(true);
    const details = detailedDiff(difference, propertiesOf(request.getOldInputs()), news);
    for (const [property, one] of details) response.getDetaileddiffMap().set(property, one);
    return response;
  },
  async create(request: CreateRequest): Promise<CreateResponse> {
    const kind = kindOf(request.getUrn());
    const inputs = kind.inputs(propertiesOf(request.getProperties()));
    const context = currentRun().on(request.getUrn(), request.getTimeout());
    if (request.getPreview()) {
      await kind.preview?.(context, request.getUrn(), inputs);
      return new CreateResponse().setProperties(toStruct(kind.planned(inputs)));
    }
    const state = await whileRunning(() => kind.create(context, request.getUrn(), inputs));
    return new CreateResponse()
      .setId(String(state[kind.id]))
      .setProperties(toStruct(state))
      .setRefreshBeforeUpdate(true);
  },
  async read(request: ReadRequest): Promise<ReadResponse> {
    const kind = kindOf(request.getUrn());
    const id = request.getId();
    const known = propertiesOf(request.getProperties());
    const state = await kind.read(currentRun().on(request.getUrn()), id, known).catch(keptIfRefused(known));
    // An empty answer says that it does not exist.
    if (!state) return new ReadResponse();
    const inputs = propertiesOf(request.getInputs());
    const isImport = Object.keys(inputs).length === 0;
    return new ReadResponse()
      .setId(id)
      .setProperties(toStruct(state))
      .setInputs(toStruct(isImport ? kind.inputs(state) : inputs))
      .setRefreshBeforeUpdate(isUnfinished(state));
  },
  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const kind = kindOf(request.getUrn());
    const inputs = kind.inputs(propertiesOf(request.getNews()));
    const olds = propertiesOf(request.getOlds());
    const context = currentRun().on(request.getUrn(), request.getTimeout());
    if (request.getPreview()) {
      await kind.preview?.(context, request.getUrn(), inputs, olds);
      return new UpdateResponse().setProperties(toStruct(kind.planned(inputs, olds)));
    }
    const state = await whileRunning(() =>
      kind.update(context, request.getUrn(), request.getId(), olds, inputs),
    );
    return new UpdateResponse().setProperties(toStruct(state)).setRefreshBeforeUpdate(true);
  },
  async delete(request: DeleteRequest): Promise<Empty> {
    const state = propertiesOf(request.getProperties());
    await whileRunning(() =>
      kindOf(request.getUrn()).delete(currentRun().on(request.getUrn()), request.getId(), state),
    );
    return new Empty();
  },
};

/** Plain properties, without what the dynamic resource, whose state may be read here, keeps beside them. */
function propertiesOf(struct: Struct | undefined): Properties {
  const { __provider: _text, __urn: _urn, ...properties } = toPlain(struct);
  return properties;
}

/**
 * What was created, changed or is unfinished is read before the next update: only so is it known that state
 * holds it, whatever that update forces. The engine does it with the key of the update before: a key that has
 * been rotated since must not stop the one that brings the new key.
 */
function keptIfRefused(known: Properties): (error: unknown) => Properties {
  return (error) => {
    const isRefusal = error instanceof ResponseError && error.status === 401;
    if (!isRefusal || Object.keys(known).length === 0) throw error;
    currentRun().context.warnOnce(`Not read, what was last known is kept: ${error.message}`);
    return known;
  };
}

function kindOf(urn: string): Resource {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = KINDS.get(type);
  if (!kind) throw new Error(`This version of the plugin knows no resource ${type}: update it, or the SDK.`);
  return kind;
}
