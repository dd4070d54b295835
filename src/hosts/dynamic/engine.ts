import { log } from "@pulumi/pulumi";
import { engineAddress } from "../alive.js";
import type { Line } from "../host-of.js";

interface EngineModules {
  client: { log(request: unknown, callback: () => void): void };
  LogRequest: new () => {
    setSeverity(severity: number): void;
    setMessage(message: string): void;
    setUrn(urn: string): void;
    setEphemeral(ephemeral: boolean): void;
  };
}

let modules: EngineModules | undefined;

/** Shows a line: a warning at the end of the run, others on the row of a resource. */
export function show(line: Line): void {
  if (line.kind === "warning") log.warn(line.text);
  else showOnRow(line);
}

/**
 * The SDK's own log would show it on the row of the stack, so this speaks to the engine directly; if the SDK's
 * inner modules have changed, nothing is shown.
 */
function showOnRow({ text, kind, urn }: Line): void {
  const address = engineAddress();
  if (!urn?.startsWith("urn:") || !address) return;
  try {
    modules ??= loadModules(`${address.host}:${address.port}`);
    const request = new modules.LogRequest();
    request.setSeverity(1);
    request.setMessage(text);
    request.setUrn(urn);
    request.setEphemeral(kind === "transient");
    modules.client.log(request, () => undefined);
  } catch {
    // Progress is a courtesy.
  }
}

function loadModules(address: string): EngineModules {
  const from = require.main ?? module;
  const grpc = from.require("@grpc/grpc-js");
  const { EngineClient } = from.require("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest } = from.require("@pulumi/pulumi/proto/engine_pb");
  return { client: new EngineClient(address, grpc.credentials.createInsecure()), LogRequest };
}
