import type { Source } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import type { Failure, Properties } from "../resource.js";

/** The kind of a source with its article, for a sentence; undefined if it is new to this package. */
export function kindOfSource({ s3, github, web_scrape: web }: Source): string | undefined {
  if (s3) return "an S3";
  if (github) return "a GitHub";
  return web ? "a web" : undefined;
}

/** What a source of this kind asks of the inputs (API document, CreateJobPayload), one failure per property. */
export function sourceFailures(source: Source, inputs: Properties): Failure[] {
  if (source.s3) return s3Failures(source.s3, inputs);
  const kind = kindOfSource(source);
  // A kind that is new to this package: the service itself judges.
  if (!kind) return [];
  const failures: Failure[] = [];
  if (absent(inputs.targetCollectionName))
    failures.push({
      property: "targetCollectionName",
      reason: `is required for ${kind} source: name the collection that the sync writes to`,
    });
  for (const property of ["objectKey", "customId", "metadata"] as const)
    if (!absent(inputs[property])) failures.push(notAllowed(property, kind, "S3 sources only"));
  if (source.web_scrape && !absent(inputs.refIdentifier))
    failures.push(notAllowed("refIdentifier", kind, "GitHub sources only"));
  return failures;
}

function s3Failures(s3: NonNullable<Source["s3"]>, inputs: Properties): Failure[] {
  const failures: Failure[] = [];
  const { objectKey } = inputs;
  const prefix = s3.path_prefix ?? "";
  if (absent(objectKey))
    failures.push({
      property: "objectKey",
      reason: "is required for an S3 source: give the full key of the object",
    });
  else if (objectKey !== UNKNOWN && !(objectKey as string).startsWith(prefix))
    failures.push({
      property: "objectKey",
      reason: `must be the full key and start with the source's path prefix ${JSON.stringify(prefix)}, which is not added for you`,
    });
  if (!absent(inputs.refIdentifier))
    failures.push(notAllowed("refIdentifier", "an S3", "GitHub sources only"));
  return failures;
}

function notAllowed(property: string, kind: string, where: string): Failure {
  return { property, reason: `is for ${where}, and this is ${kind} source: remove ${property}` };
}

function absent(value: unknown): boolean {
  return value === undefined || value === null;
}
