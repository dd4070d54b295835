/**
 * Requests that fit the published document and are refused all the same, for a rule that the document states in
 * a sentence and in no schema. Everything else that fails, fails the run.
 */
export const WAIVERS = [
  {
    operation: "GET /api/v1/invocations",
    sentence: "Source ID. Cannot be provided simultaneously with database_name",
  },
  {
    operation: "POST /api/v1/sources",
    sentence:
      "Provide either `aws_credential_id` referencing credentials saved in the dashboard, or pass `aws_access_key_id` and `aws_secret_access_key` inline",
  },
  {
    operation: "POST /api/v1/sources/{source_id}/invocations",
    sentence: "Full S3 object key to sync (required for S3 sources, not allowed for other source types).",
  },
  {
    operation: "POST /api/v1/add-file",
    sentence: "The declared size in `x-upload-content-length` is enforced.",
  },
];

/** The waivers as the tester reads them: its record of failures that are accepted. */
export function baselineOf(version) {
  const entries = WAIVERS.map(({ operation }, index) => ({
    id: `waiver-${index}`,
    operation,
    check: "positive_data_acceptance",
    failure: "RejectedPositiveData",
    signature: "400",
    first_seen: "2026-11-24",
    last_seen: "2026-11-24",
  }));
  return { format_version: 1, schemathesis_version: version, entries };
}
