import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Failure } from "../../provider/resource.js";
import { toCheckFailures } from "../check-failures.js";

/** Failures as the engine takes them. */
export function toResponseFailures(failures: Failure[]): CheckFailure[] {
  return toCheckFailures(failures).map(({ property, reason }) =>
    new CheckFailure().setProperty(property).setReason(reason),
  );
}
