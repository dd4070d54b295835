import { ResponseError } from "../../api/index.js";
import { holdsUnknown } from "../../model/unknown.js";
import { NO_KEY } from "../config.js";
import type { Context } from "../context.js";
import type { Failure, Properties } from "../resource.js";
import { fieldFailures } from "../validation/field-failures.js";
import { connectionFailure } from "../validation/live-source.js";
import { plainFailures } from "../validation/plain-values.js";
import { changedFields } from "./changed-fields.js";
import { described, identity } from "./identity.js";
import { inputsOf, KINDS, kindsOf, type SourceInputs } from "./inputs.js";
import { keysDigest } from "./keys.js";
import { FIELD_NAMES, FIELDS, type Field } from "./rules.js";
import { sameSources } from "./same-sources.js";

/**
 * Checks the inputs before anything is sent. Where nothing has changed, no rule can fail a source that
 * exists. Of the service only what is there already is asked, for a warning: deleting it may be part of
 * the same run.
 */
export async function check(
  context: Context,
  _urn: string,
  olds: Properties,
  news: Properties,
): Promise<Failure[]> {
  const created = olds.databaseName !== undefined;
  const before = inputsOf(olds);
  const inputs = inputsOf(news);
  if (created) context.heldSources.add(identity(before));
  const keysChanged = keysDigest(before) !== keysDigest(inputs);
  const changed = created ? changedFields(olds, news) : FIELD_NAMES;
  const fields = keysChanged ? [...new Set<Field>([...changed, "s3"])] : changed;
  const failures = [
    ...unknownNames(news),
    ...plainFailures(fields, inputs),
    ...fieldFailures(FIELDS, fields, inputs),
  ];
  if (!created || changed.length > 0) failures.push(...kindFailures(news));
  if (failures.length === 0 && changed.includes("webScrape")) warnOfGlobs(context, inputs);
  if (created || failures.length > 0 || holdsUnknown(inputs) || context.heldSources.has(identity(inputs)))
    return failures;
  try {
    if (!context.hasKey()) context.warnOnce(`Only the offline rules were checked. ${NO_KEY}`);
    else if (inputs.onConflict !== "adopt") await warnOfExisting(context, inputs);
    else await context.client().listSources({ database_name: inputs.databaseName, limit: 1 });
  } catch (error) {
    const failure = connectionFailure(error);
    if (failure) return [failure];
    if (error instanceof ResponseError && error.status === 404)
      return [
        {
          property: "databaseName",
          reason: `is not known to the service: create the database first, or use a key of the team that has it; if this update creates it, pass its name as an Output (${error.evidence})`,
        },
      ];
    context.warnOnce(
      `The sources of database ${inputs.databaseName} could not be listed, so only the offline rules were checked: ${(error as Error).message}`,
    );
  }
  return failures;
}

/** The service's own pages show globs where it takes regular expressions. */
function warnOfGlobs(context: Context, { webScrape }: SourceInputs): void {
  for (const name of ["includePathRegexes", "excludePathRegexes"] as const) {
    const patterns = webScrape?.[name];
    const index = Array.isArray(patterns) ? patterns.findIndex((one) => String(one).includes("/*")) : -1;
    if (index >= 0)
      context.warn(
        `webScrape.${name}[${index}] holds "/*", which a regular expression reads as any number of slashes: write "/.*" for all that is below.`,
      );
  }
}

async function warnOfExisting(context: Context, inputs: SourceInputs): Promise<void> {
  const [existing] = await sameSources(context, inputs);
  // One that the journal knows was created by a run that was killed, and is this resource's own.
  if (existing && !context.knownIds()(existing.id))
    context.warn(
      `The ${described(inputs)} already exists with the id ${existing.id}: creating another fails with 409 unless it is deleted first. ` +
        'Adopt it with onConflict: "adopt", or use its id alone with ChromaSyncSource.get.',
    );
}

/** A source is of exactly one kind. */
function kindFailures(news: Properties): Failure[] {
  const kinds = kindsOf(news);
  if (kinds.length === 1) {
    const keyless =
      kinds[0] !== "s3" && news.rotateCredentials !== undefined && news.rotateCredentials !== null;
    return keyless ? [{ property: "rotateCredentials", reason: "is for S3 sources only: remove it" }] : [];
  }
  const reason =
    kinds.length === 0
      ? `is missing: give one of ${KINDS.join(", ")}`
      : `exclude each other: keep one of them, and declare a separate source for each of the others`;
  return [{ property: kinds.length === 0 ? "The kind of the source" : kinds.join(" and "), reason }];
}

function unknownNames(news: Properties): Failure[] {
  return Object.keys(news)
    .filter((name) => !(name in FIELDS))
    .map((name) => ({
      property: name,
      reason: `is not an input of ChromaSyncSource (${FIELD_NAMES.join(", ")}): remove it, or correct its name`,
    }));
}
