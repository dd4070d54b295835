import * as fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { digest } from "../src/model/digest.js";
import { localContent } from "./local-content.js";

const LENGTH = 43;

interface Holding {
  text: Promise<string>;
  path: Promise<string>;
  assets: Promise<Record<string, Content>>;
}

type Content = pulumi.asset.Asset | pulumi.asset.Archive;

/**
 * One digest of an asset or archive. A folder counts with all that is in it, as Pulumi packs it; the file of an
 * archive by its bytes.
 */
export async function digestOfAsset(content: Content): Promise<string> {
  // By what they hold: a program may have more than one copy of Pulumi's SDK.
  const { text, path, assets } = content as Partial<Holding>;
  if (text !== undefined) return digest(await text, LENGTH);
  if (path !== undefined) return ofPath(await path, pulumi.asset.Archive.isInstance(content));
  if (assets !== undefined) {
    const members = Object.entries(await assets).sort(([one], [other]) => (one < other ? -1 : 1));
    const named = members.map(async ([name, member]) => ({ name, digest: await digestOfAsset(member) }));
    return localContent().digestOfNamed(await Promise.all(named));
  }
  const { ContentError } = localContent();
  throw new ContentError(
    "It is remote, and what is there now cannot be hashed here: use its version or ETag as the trigger, or download it first.",
  );
}

function ofPath(place: string, isArchive: boolean): string {
  const { digestOfFiles, fileDigest, filesBelow, unreadable } = localContent();
  if (isArchive && fs.statSync(place, { throwIfNoEntry: false })?.isDirectory())
    return digestOfFiles(filesBelow(place));
  const digest = fileDigest(place);
  if (digest === undefined) throw unreadable(place, "file", { code: "ENOENT" });
  return digest;
}
