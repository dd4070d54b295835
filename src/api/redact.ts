/** What is shorter stands in texts by chance. */
const SHORTEST = { key: 8, value: 4 };
/** Metadata of the service may be nested without end. */
const DEEPEST = 32;

/**
 * A text of a server, without the key, the AWS keys and the metadata that were sent: a service or a proxy
 * that refuses a request may quote it, and metadata may be secret.
 */
export function withoutSecrets(text: string, apiKey: string, body: unknown): string {
  const keys = [apiKey, ...awsKeys(body)].filter(({ length }) => length >= SHORTEST.key);
  return withoutValues(
    without(text, keys, "[secret]"),
    (body as { metadata?: unknown } | undefined)?.metadata,
  );
}

/** A text of a server without the values of metadata, at any depth. */
export function withoutValues(text: string, metadata: unknown): string {
  const values = [...scalars(metadata)].filter(({ length }) => length >= SHORTEST.value);
  // The longest first, since one may be part of another.
  return without(
    text,
    values.sort((a, b) => b.length - a.length),
    "[metadata]",
  );
}

function without(text: string, secrets: readonly string[], word: string): string {
  let shown = text;
  for (const secret of secrets)
    for (const form of new Set([secret, encodeURIComponent(secret.toWellFormed())]))
      shown = shown.replace(quotedAnywhere(form), word);
  return shown;
}

function* scalars(value: unknown, depth = 0): Generator<string> {
  if (typeof value === "string" || typeof value === "number") yield String(value);
  else if (typeof value === "object" && value !== null && depth < DEEPEST)
    for (const item of Object.values(value)) yield* scalars(item, depth + 1);
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
