import { log } from "@pulumi/pulumi";
import { engineAddress } from "../alive.js";
import type { Line } from "../host-of.js";

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

/** Shows a line on the row of a resource, or on that of the stack if the resource is not known. */
export function show({ text, kind, urn = "" }: Line): void {
  const isKnown = urn.startsWith("urn:");
  if (kind === "warning") {
    if (!send(isKnown ? urn : "", text, WARNING, false)) log.warn(text);
  } else if (isKnown) send(urn, text, INFO, kind === "transient");
}

/**
 * The SDK's own log would show it on the row of the stack, so this speaks to the engine directly; if the SDK's
 * inner modules have changed, nothing is sent.
 */
function send(urn: string, text: string, severity: number, transient: boolean): boolean {
  const address = engineAddress();
  if (!address) return false;
  try {
    modules ??= loadModules(`${address.host}:${address.port}`);
    const request = new modules.LogRequest();
    request.setSeverity(severity);
    request.setMessage(text);
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
