/** What is shorter stands in texts by chance. */
const SHORTEST = 8;

/**
 * A text of a server, without the key and the AWS keys that were sent: a service or a proxy that refuses a
 * request may quote it.
 */
export function withoutSecrets(text: string, apiKey: string, body: unknown): string {
  let shown = text;
  for (const secret of [apiKey, ...awsKeys(body)])
    if (secret.length >= SHORTEST)
      for (const form of [secret, encodeURIComponent(secret)])
        shown = shown.replace(quotedAnywhere(form), "[secret]");
  return shown;
}

/** JSON within JSON has backslashes before some characters. */
function quotedAnywhere(form: string): RegExp {
  return new RegExp([...form].map((char) => char.replace(/\W/, "\\$&")).join("\\\\*"), "g");
}

/** The inline AWS keys of the body that creates an S3 source. */
function awsKeys(body: unknown): string[] {
  const { aws_access_key_id, aws_secret_access_key } =
    (body as { s3?: Record<string, unknown> } | undefined)?.s3 ?? {};
  return [aws_access_key_id, aws_secret_access_key].filter((key): key is string => typeof key === "string");
}
