import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Any } from "google-protobuf/google/protobuf/any_pb.js";
import { printable } from "../../api/errors.js";
import { InitFailureError } from "../../provider/init-failure.js";
import { toStruct } from "./struct.js";

/** A program of a later version, or of none, names something that is not here. */
export const unknownHere = (what: string) =>
  new Error(`This version of the plugin does not know the ${what}: update the plugin or the SDK.`);

/** An error as gRPC sends it. That of something that exists all the same carries its state. */
export function toServiceError(error: unknown) {
  const message = printable(error instanceof Error ? error.message : String(error), 10_000);
  const metadata = new Metadata();
  // What is not in the protocol's own status stands in this field, as Go's gRPC reads it.
  if (error instanceof InitFailureError)
    metadata.add("grpc-status-details-bin", Buffer.from(details(error, message).serializeBinary()));
  return { code: status.UNKNOWN, message, details: message, metadata };
}

function details({ id, properties, reasons }: InitFailureError, message: string): Status {
  const failure = new ErrorResourceInitFailed().setId(id).setProperties(toStruct(properties));
  failure.setReasonsList(reasons);
  const any = new Any();
  any.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  return new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([any]);
}
