import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb.js";
import { engineAddress } from "../alive.js";

const clients = new Map<string, EngineClient>();

/** Shows a line on the row of a resource, or on that of the stack. */
export function show(
  message: string,
  { urn = "", warning = false, transient = false }: { urn?: string; warning?: boolean; transient?: boolean },
): void {
  const address = engineAddress();
  if (!address) return;
  const request = new LogRequest()
    .setSeverity(warning ? LogSeverity.WARNING : LogSeverity.INFO)
    .setMessage(message)
    .setUrn(urn)
    .setEphemeral(transient);
  // A line is a courtesy: an engine that is gone needs none.
  clientOf(`${address.host}:${address.port}`).log(request, () => undefined);
}

function clientOf(address: string): EngineClient {
  const client = clients.get(address) ?? new EngineClient(address, credentials.createInsecure());
  clients.set(address, client);
  return client;
}
