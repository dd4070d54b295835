import { log } from "@pulumi/pulumi";
import { engineAddress } from "../alive.js";

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

/**
 * Shows a line on the row of a resource. The SDK's own log would show it on the row of the stack, so this
 * speaks to the engine directly; if the SDK's inner modules have changed, nothing is shown.
 */
export function showOnRow(urn: string | undefined, message: string, kind: "transient" | "permanent"): void {
  const address = engineAddress();
  if (!urn?.startsWith("urn:") || !address) return;
  try {
    modules ??= loadModules(`${address.host}:${address.port}`);
    const request = new modules.LogRequest();
    request.setSeverity(1);
    request.setMessage(message);
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

/** A warning at the end of the run. */
export function warn(message: string): void {
  log.warn(message);
}
