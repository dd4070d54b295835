import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import schema from "../../../schema.json";
import { FUNCTIONS } from "../../lookups/index.js";
import { settingsFailures } from "../../provider/validation/settings.js";
import { attachTo } from "../alive.js";
import { checked } from "./checked.js";
import { unknownHere } from "./errors.js";
import { resourceMethods } from "./resource-methods.js";
import { currentRun, startRun } from "./run.js";
import { toPlain, toStruct } from "./struct.js";

/** The methods of the protocol that take one message and answer with one. */
export const METHODS = {
  ...resourceMethods,
  getPluginInfo: () => new PluginInfo().setVersion(schema.version),
  getSchema: () => new proto.GetSchemaResponse().setSchema(JSON.stringify(schema)),
  /** The engine tells its address to a server that it did not start. */
  attach(request: PluginAttach) {
    attachTo(request.getAddress());
    return new Empty();
  },
  checkConfig(request: proto.CheckRequest) {
    const news = toPlain(request.getNews());
    // Of the engine itself, for programs whose SDK names a version and where it is had from.
    const { version: _version, pluginDownloadURL: _url, pluginChecksums: _sums, ...settings } = news;
    return checked(["apiKey"], news, settingsFailures(settings));
  },
  configure(request: proto.ConfigureRequest) {
    // The provider of `pulumi do --stateless` has no name. It keeps no state, so each create is one of its own.
    const journal = request.getUrn()?.endsWith("::") ? { journal: "off" } : {};
    startRun({ ...toPlain(request.getArgs()), ...journal });
    // What the engine sends as a secret comes plain, and it marks what is answered in the same place.
    return new proto.ConfigureResponse().setAcceptsecrets(false).setSupportspreview(true);
  },
  async invoke(request: proto.InvokeRequest) {
    const name = request.getTok().replace("chroma-sync:index:", "");
    const call = FUNCTIONS.get(name);
    if (!call) throw unknownHere(`function ${name}`);
    const result = await call(currentRun().context.client, toPlain(request.getArgs()) as never);
    return new proto.InvokeResponse().setReturn(toStruct(result));
  },
  /** At the first Ctrl-C, and at the end of every run. */
  cancel() {
    currentRun().cancel();
    return new Empty();
  },
};
