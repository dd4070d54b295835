import type { ResponseError } from "../../api/index.js";
import type { Context } from "../context.js";
import { described } from "./identity.js";
import type { SourceInputs } from "./inputs.js";
import { withoutKeys } from "./keys.js";
import { differences, sameSources } from "./same-sources.js";
import type { SourceState } from "./state.js";

/** What to do after a 409 that no request of this resource caused. */
export async function adopt(
  context: Context,
  inputs: SourceInputs,
  refusal: ResponseError,
): Promise<SourceState> {
  const [existing] = await sameSources(context, inputs);
  if (!existing)
    throw new Error(
      `${refusal.message} No source like it is listed in database ${inputs.databaseName}: look for it in the dashboard, under another database too.`,
      { cause: refusal },
    );
  const differing = differences(existing, inputs);
  const other =
    differing.length > 0
      ? `It differs in ${differing.join(", ")}: make them equal to adopt it, or delete it first.`
      : undefined;
  if (inputs.onConflict !== "adopt" || other)
    throw new Error(
      `The ${described(inputs)} already exists with the id ${existing.id}. ` +
        (other ??
          'To adopt it, set onConflict: "adopt"; if a forced replacement (--replace) conflicted with the source it replaces, set the resource option deleteBeforeReplace: true.'),
      { cause: refusal },
    );
  if (inputs.s3?.awsAccessKeyId !== undefined)
    context.warn(
      `The ${described(inputs)} was adopted with its own credentials; the keys of the program were not sent.`,
    );
  return { ...withoutKeys(inputs), sourceId: existing.id, adopted: true };
}
