import { CheckFailure, CheckResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Failure, Properties } from "../../provider/resource.js";
import { toCheckFailures } from "../check-failures.js";
import { withSecrets } from "../secrets.js";
import { toStruct } from "./struct.js";

/** The answer to a check: the inputs, with the secrets among them marked, and what is wrong with them. */
export function checked(secrets: readonly string[], inputs: Properties, failures: Failure[]): CheckResponse {
  const told = toCheckFailures(failures).map(({ property, reason }) =>
    new CheckFailure().setProperty(property).setReason(reason),
  );
  return new CheckResponse().setInputs(toStruct(withSecrets(secrets, inputs))).setFailuresList(told);
}
