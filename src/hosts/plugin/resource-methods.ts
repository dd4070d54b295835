import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { pluginKindOf } from "../../model/resource-types.js";
import { foresee } from "../../provider/foresee.js";
import { readBeforeUpdate } from "../../provider/read-before-update.js";
import type { Properties } from "../../provider/resource.js";
import { COMPLETE_RESOURCES } from "../../provider/resources.js";
import { whileRunning } from "../lifetime.js";
import { checked } from "./checked.js";
import { detailedDiff } from "./detailed-diff.js";
import { unknownHere } from "./errors.js";
import { currentRun } from "./run.js";
import { toPlain, toStruct } from "./struct.js";

const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;

/** What the engine asks of a resource, answered by its kind. */
export const resourceMethods = {
  async check(request: proto.CheckRequest) {
    const { kind, context, urn } = asked(request);
    const given = propertiesOf(request.getNews());
    const news = kind.withContent?.(given) ?? given;
    const failures = await kind.check(context, urn, propertiesOf(request.getOlds()), news);
    return checked(kind.secrets ?? [], news, failures);
  },
  async diff(request: proto.DiffRequest) {
    const { kind, context, urn } = asked(request);
    const news = propertiesOf(request.getNews());
    const difference = await kind.diff(context, urn, propertiesOf(request.getOlds()), news);
    const response = new proto.DiffResponse()
      .setChanges(difference.changes ? DIFF_SOME : DIFF_NONE)
      .setReplacesList(difference.replaces)
      .setDiffsList(difference.changed)
      .setDeletebeforereplace(difference.deleteBeforeReplace ?? false)
      .setHasdetaileddiff(true);
    const details = detailedDiff(difference, propertiesOf(request.getOldInputs()), news);
    for (const [property, one] of details) response.getDetaileddiffMap().set(property, one);
    return response;
  },
  async create(request: proto.CreateRequest) {
    const { kind, context, urn } = asked(request);
    const inputs = kind.inputs(propertiesOf(request.getProperties()));
    const response = new proto.CreateResponse();
    if (request.getPreview())
      return response.setProperties(toStruct(await foresee(kind, context, urn, inputs)));
    const state = await whileRunning(() => kind.create(context, urn, inputs));
    response.setId(String(state[kind.id])).setProperties(toStruct(state));
    return response.setRefreshBeforeUpdate(true);
  },
  async read(request: proto.ReadRequest) {
    const { kind, context } = asked(request);
    const id = request.getId();
    const read = await readBeforeUpdate(kind, context, id, propertiesOf(request.getProperties()));
    // An empty answer says that it does not exist.
    if (!read) return new proto.ReadResponse();
    const inputs = propertiesOf(request.getInputs());
    const isImport = Object.keys(inputs).length === 0;
    return new proto.ReadResponse()
      .setId(id)
      .setProperties(toStruct(read.state))
      .setInputs(toStruct(isImport ? kind.inputs(read.state) : inputs))
      .setRefreshBeforeUpdate(read.isUnfinished);
  },
  async update(request: proto.UpdateRequest) {
    const { kind, context, urn } = asked(request);
    const inputs = kind.inputs(propertiesOf(request.getNews()));
    const olds = propertiesOf(request.getOlds());
    const response = new proto.UpdateResponse();
    if (request.getPreview())
      return response.setProperties(toStruct(await foresee(kind, context, urn, inputs, olds)));
    const state = await whileRunning(() => kind.update(context, urn, request.getId(), olds, inputs));
    return response.setProperties(toStruct(state)).setRefreshBeforeUpdate(true);
  },
  async delete(request: proto.DeleteRequest) {
    const { kind, context } = asked(request);
    await whileRunning(() => kind.delete(context, request.getId(), propertiesOf(request.getProperties())));
    return new Empty();
  },
};

/** What a request is about, and how long the engine gives it, without a limit if 0. */
function asked(request: { getUrn(): string; getTimeout?(): number }) {
  const urn = request.getUrn();
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = pluginKindOf(type);
  if (!kind) throw unknownHere(`resource type ${type}`);
  const context = currentRun().context.on(urn);
  const waitLimitSeconds = request.getTimeout?.() ?? 0;
  return {
    urn,
    kind: COMPLETE_RESOURCES[kind],
    context: waitLimitSeconds > 0 ? { ...context, waitLimitSeconds } : context,
  };
}

/** Plain properties, without what the dynamic resource, whose state may be read here, keeps beside them. */
function propertiesOf(struct: Struct | undefined): Properties {
  const { __provider: _text, __urn: _urn, ...properties } = toPlain(struct);
  return properties;
}
