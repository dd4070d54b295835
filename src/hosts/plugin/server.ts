import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { toServiceError } from "./errors.js";
import { list } from "./list.js";
import { METHODS } from "./methods.js";

/** The engine's own limit: a batch of many objects is one message. */
const LARGEST_MESSAGE = 400 << 20;

/** Serves the plugin on a free port of loopback. */
export function serve(): Promise<{ port: number; close(): void }> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  const methods = Object.entries(METHODS).map(([name, answer]) => [name, unary(answer as Answer)]);
  // What is not here, grpc answers with UNIMPLEMENTED. DiffConfig must stay so: another key or endpoint
  // would otherwise replace the provider, and so each resource of it.
  server.addService(ResourceProviderService, { ...Object.fromEntries(methods), list: stream });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ port, close: () => server.forceShutdown() });
    });
  });
}

type Answer = (request: unknown) => unknown;

function unary(answer: Answer): grpc.handleUnaryCall<unknown, unknown> {
  return ({ request }, callback) => {
    // Within a promise, for a method may throw before it awaits anything.
    Promise.resolve(request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error) => callback(toServiceError(error)),
      );
  };
}

const stream: grpc.handleServerStreamingCall<never, never> = (call) => {
  list(call).then(
    () => call.end(),
    (error) => call.emit("error", toServiceError(error)),
  );
};
