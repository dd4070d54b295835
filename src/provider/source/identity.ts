import type { SourceInputs } from "./inputs.js";

/** What the service allows only once: a second source with the same text fails with 409. */
export function identity(inputs: SourceInputs): string {
  const { databaseName, github, s3, webScrape } = inputs;
  if (github)
    return JSON.stringify([databaseName, "github", github.repository.toLowerCase(), github.appId ?? null]);
  if (s3) return JSON.stringify([databaseName, "s3", s3.bucketName, s3.pathPrefix ?? null]);
  return JSON.stringify([databaseName, "web", webScrape?.startingUrl ?? null]);
}

/** The source in words, for a message: never its keys. */
export function described(inputs: SourceInputs): string {
  const { github, s3, webScrape, databaseName } = inputs;
  const what = github
    ? `GitHub source ${github.repository}`
    : s3
      ? `S3 source ${s3.bucketName}/${s3.pathPrefix ?? ""}`
      : `web source ${webScrape?.startingUrl}`;
  return `${what} (database ${databaseName})`;
}
