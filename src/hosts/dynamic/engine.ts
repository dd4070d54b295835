import { log } from "@pulumi/pulumi";
import { engineAddress } from "../alive.js";

interface EngineModules {
  client: { log(request: unknown, callback: (error: unknown) => void): void };
  LogRequest: new () => {
    setSeverity(severity: number): void;
    setMessage(message: string): void;
    setUrn(urn: string): void;
    setEphemeral(ephemeral: boolean): void;
  };
}

/** The engine's numbers for them. */
const INFO = 1;
const WARNING = 2;

let modules: EngineModules | undefined;

/**
 * Shows a line on the row of a resource, as far as the resource is known. The SDK's own log has no engine in
 * this process and would print, so this speaks to the engine directly; if the SDK's inner modules have
 * changed, nothing is shown.
 */
export function show(urn: string | undefined, message: string, { transient = false }): void {
  // Progress is a courtesy.
  if (urn?.startsWith("urn:")) send(urn, message, INFO, transient);
}

/** Shows a warning on the row of a resource, or on that of the stack if it is of none, or of one that is not known. */
export function warn(urn: string | undefined, message: string): void {
  const isShown = send(urn?.startsWith("urn:") ? urn : "", message, WARNING, false);
  if (!isShown) log.warn(message);
}

function send(urn: string, message: string, severity: number, transient: boolean): boolean {
  const address = engineAddress();
  if (!address) return false;
  try {
    modules ??= loadModules(`${address.host}:${address.port}`);
    const request = new modules.LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(transient);
    modules.client.log(request, () => undefined);
    return true;
  } catch {
    return false;
  }
}

function loadModules(address: string): EngineModules {
  const from = require.main ?? module;
  const grpc = from.require("@grpc/grpc-js");
  const { EngineClient } = from.require("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest } = from.require("@pulumi/pulumi/proto/engine_pb");
  return { client: new EngineClient(address, grpc.credentials.createInsecure()), LogRequest };
}
