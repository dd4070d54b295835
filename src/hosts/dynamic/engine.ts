import * as net from "node:net";
import { log } from "@pulumi/pulumi";

/** The engine that started this process, or undefined where the process was started by other means. */
const address = /^(.+):(\d+)$/.exec(process.argv[2] ?? "");

/** The engine is gone: whatever is created now, nobody keeps its id. */
export class EngineGone extends Error {
  override name = "EngineGone";
  constructor() {
    super("The Pulumi engine that asked for this has ended, so nothing more is sent.");
  }
}

/** Many creates ask at once: one answer is good for a moment. */
const GOOD_FOR_MS = 100;
let asked: { at: number; answer: Promise<boolean> } | undefined;

/** Throws {@link EngineGone} where nothing listens at the engine's address any more. */
export async function requireEngine(): Promise<void> {
  if (!address) return;
  const now = performance.now();
  if (!asked || now - asked.at > GOOD_FOR_MS)
    asked = { at: now, answer: answers(address[1]!, Number(address[2])) };
  if (!(await asked.answer)) throw new EngineGone();
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    const end = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(5000, () => end(true));
    socket.once("connect", () => end(true));
    // Only a refusal proves it: a busy machine may fail to connect for other reasons.
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code !== "ECONNREFUSED"));
  });
}

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
 * speaks to the engine directly; where the SDK's inner modules have changed, nothing is shown.
 */
export function progress(urn: string | undefined, message: string): void {
  show(urn, message, true);
}

/** The same for lines that are shown again at the end of the run. */
export function tell(urn: string, message: string): void {
  show(urn, message, false);
}

function show(urn: string | undefined, message: string, passing: boolean): void {
  if (!urn?.startsWith("urn:") || !address) return;
  try {
    modules ??= loadModules();
    const request = new modules.LogRequest();
    request.setSeverity(1);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(passing);
    modules.client.log(request, () => undefined);
  } catch {
    // Progress is a courtesy.
  }
}

function loadModules(): EngineModules {
  const from = require.main ?? module;
  const grpc = from.require("@grpc/grpc-js");
  const { EngineClient } = from.require("@pulumi/pulumi/proto/engine_grpc_pb");
  const { LogRequest } = from.require("@pulumi/pulumi/proto/engine_pb");
  return { client: new EngineClient(address![0], grpc.credentials.createInsecure()), LogRequest };
}

/** A warning at the end of the run. */
export function warn(message: string): void {
  log.warn(message);
}
