import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { serve } from "../../src/hosts/plugin/server.js";

type Map = Record<string, unknown>;

/** A plugin in this process, and what the engine would ask it over a real connection. */
export async function plugin() {
  const server = await serve();
  const engine = engineAt(server.port);
  const close = () => {
    engine.close();
    server.close();
  };
  return { ...engine, port: server.port, close };
}

/** What the engine would ask a plugin that listens at a port. */
export function engineAt(port: number) {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const call = <Response>(
    method: (request: never, callback: (error: ServiceError | null, response: Response) => void) => unknown,
    request: object,
  ) =>
    new Promise<Response>((resolve, reject) => {
      method.call(client, request as never, (error, response) => (error ? reject(error) : resolve(response)));
    });
  return {
    client,
    configure: (settings: Map, name = "default") => {
      const urn = `urn:pulumi:s::p::pulumi:providers:chroma-sync::${name}`;
      return call(client.configure, new proto.ConfigureRequest().setUrn(urn).setArgs(struct(settings)));
    },
    cancel: () => call(client.cancel, new Empty()),
    async checkConfig(news: Map) {
      const response = await call<proto.CheckResponse>(
        client.checkConfig,
        new proto.CheckRequest()
          .setUrn("urn:pulumi:s::p::pulumi:providers:chroma-sync::x")
          .setNews(struct(news)),
      );
      return checked(response);
    },
    async check(urn: string, olds: Map, news: Map) {
      const request = new proto.CheckRequest().setUrn(urn).setOlds(struct(olds)).setNews(struct(news));
      return checked(await call<proto.CheckResponse>(client.check, request));
    },
    async diff(urn: string, id: string, { olds = {}, oldInputs = {}, news = {} }: Record<string, Map>) {
      const request = new proto.DiffRequest().setUrn(urn).setId(id).setNews(struct(news));
      request.setOlds(struct(olds)).setOldInputs(struct(oldInputs));
      return (await call<proto.DiffResponse>(client.diff, request)).toObject();
    },
    async create(urn: string, inputs: Map, { preview = false, timeout = 0 } = {}) {
      const request = new proto.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setPreview(preview);
      const response = await call<proto.CreateResponse>(client.create, request.setTimeout(timeout));
      return answered(response.getId(), response);
    },
    async read(urn: string, id: string, state: Map = {}, inputs: Map = {}) {
      const request = new proto.ReadRequest().setUrn(urn).setId(id).setProperties(struct(state));
      const response = await call<proto.ReadResponse>(client.read, request.setInputs(struct(inputs)));
      return { ...answered(response.getId(), response), inputs: plain(response.getInputs()) };
    },
    async update(urn: string, id: string, olds: Map, news: Map, { preview = false } = {}) {
      const request = new proto.UpdateRequest().setUrn(urn).setId(id).setPreview(preview);
      request.setOlds(struct(olds)).setNews(struct(news));
      return answered(id, await call<proto.UpdateResponse>(client.update, request));
    },
    delete: (urn: string, id: string, state: Map) =>
      call(client.delete, new proto.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(state))),
    async invoke(name: string, args: Map) {
      const request = new proto.InvokeRequest().setTok(`chroma-sync:index:${name}`).setArgs(struct(args));
      return plain((await call<proto.InvokeResponse>(client.invoke, request)).getReturn());
    },
    async schema() {
      const response = await call<proto.GetSchemaResponse>(client.getSchema, new proto.GetSchemaRequest());
      return JSON.parse(response.getSchema());
    },
    list(type: string, query: Map, limit = 0) {
      const request = new proto.ListRequest().setToken(type).setQuery(struct(query)).setLimit(limit);
      return new Promise<proto.ListResponse.AsObject[]>((resolve, reject) => {
        const found: proto.ListResponse.AsObject[] = [];
        const stream = client.list(request);
        stream.on("data", (one: proto.ListResponse) => found.push(one.toObject()));
        stream.on("error", reject);
        stream.on("end", () => resolve(found));
      });
    },
    close: () => client.close(),
  };
}

/** What an error carries of a resource that exists all the same. */
export function initFailureOf(error: ServiceError) {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
  const failure = proto.ErrorResourceInitFailed.deserializeBinary(any!.getValue_asU8());
  return { id: failure.getId(), state: plain(failure.getProperties()), reasons: failure.getReasonsList() };
}

// The tests' own translation, so that an error in the plugin's shows.
function struct(properties: Map): Struct {
  const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

function plain(message: Struct | undefined): Map {
  return (message?.toJavaScript() ?? {}) as Map;
}

function checked(response: proto.CheckResponse) {
  return { inputs: plain(response.getInputs()), failures: response.toObject().failuresList };
}

function answered(
  id: string,
  response: { getProperties(): Struct | undefined; getRefreshBeforeUpdate(): boolean },
) {
  return {
    id,
    state: plain(response.getProperties()),
    refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
  };
}
