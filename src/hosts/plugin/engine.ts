import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb.js";
import { engineAddress } from "../alive.js";
import type { Line } from "../host-of.js";

const clients = new Map<string, EngineClient>();

/** Shows a line on the row of a resource, or on that of the stack. */
export function show({ text, kind, urn = "" }: Line): void {
  const { host, port } = engineAddress() ?? {};
  if (host === undefined) return;
  const address = `${host}:${port}`;
  const client = clients.get(address) ?? new EngineClient(address, credentials.createInsecure());
  clients.set(address, client);
  const severity = kind === "warning" ? LogSeverity.WARNING : LogSeverity.INFO;
  const line = new LogRequest().setSeverity(severity).setMessage(text).setUrn(urn);
  // A line is a courtesy: an engine that is gone needs none.
  client.log(line.setEphemeral(kind === "transient"), () => undefined);
}
