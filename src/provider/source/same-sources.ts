import type { Source } from "../../api/index.js";
import type { Context } from "../context.js";
import { canonical, covers } from "./changed-fields.js";
import { identity } from "./identity.js";
import { KINDS, type SourceInputs } from "./inputs.js";
import { withoutKeys } from "./keys.js";
import { inputsFrom } from "./wire.js";

/** The sources that the service counts as the same one: if there is one, it answers a create with 409. */
export async function sameSources(context: Context, inputs: SourceInputs): Promise<Source[]> {
  const listed = await Array.fromAsync(context.client().sources({ database_name: inputs.databaseName }));
  // The database was asked for: a reply that leaves its name out, or nests it, is not held against it.
  const wanted = identity(inputs);
  return listed.filter(
    (source) => identity({ ...inputsFrom(source), databaseName: inputs.databaseName }) === wanted,
  );
}

/**
 * The paths at which a source that exists differs from the inputs. What the inputs leave out of embedding
 * and chunking is the service's choice, and so is the credential that it made of inline keys.
 */
export function differences(source: Source, inputs: SourceInputs): string[] {
  const theirs = inputsFrom(source);
  const ours = withoutKeys(inputs);
  const paths: string[] = [];
  for (const kind of KINDS) {
    const [a, b] = [{ ...theirs[kind] }, { ...ours[kind] }] as Record<string, unknown>[];
    if (b!.awsCredentialId === undefined) delete a!.awsCredentialId;
    for (const key of new Set([...Object.keys(a!), ...Object.keys(b!)]))
      if (canonical({ [key]: a![key] }) !== canonical({ [key]: b![key] })) paths.push(`${kind}.${key}`);
  }
  for (const part of ["embedding", "chunking"] as const)
    if (ours[part] && !covers(theirs[part], ours[part])) paths.push(part);
  return paths;
}
