import { sorted } from "../canonical.js";
import { type Properties, present } from "../resource.js";
import { FIELD_NAMES } from "./rules.js";

/** The kinds of sources that can be created; each has exactly one. */
export const KINDS = ["github", "s3", "webScrape"] as const;

/** Checked inputs of a source. */
export type SourceInputs = {
  databaseName: string;
  github?: { repository: string; appId?: string; includeGlobs?: string[] };
  s3?: {
    bucketName: string;
    region: string;
    collectionName: string;
    pathPrefix?: string;
    awsCredentialId?: number;
    awsAccessKeyId?: string;
    awsSecretAccessKey?: string;
    autoSync?: string;
  };
  webScrape?: {
    startingUrl: string;
    maxDepth?: number;
    pageLimit?: number;
    includePathRegexes?: string[];
    excludePathRegexes?: string[];
  };
  embedding?: Record<string, unknown>;
  chunking?: Record<string, unknown>;
  onConflict?: "fail" | "adopt";
  rotateCredentials?: boolean;
};

/** The inputs among properties that may hold more, without nulls at any depth. */
export function inputsOf(properties: Properties): SourceInputs {
  return sorted(present(FIELD_NAMES, properties), true) as SourceInputs;
}

/** The kinds that the properties name. */
export function kindsOf(properties: Properties): (typeof KINDS)[number][] {
  return KINDS.filter((kind) => properties[kind] !== undefined && properties[kind] !== null);
}
