import type { Resource } from "../resource.js";
import { check } from "./check.js";
import { create } from "./create.js";
import { remove } from "./delete.js";
import { diff } from "./diff.js";
import { inputsOf } from "./inputs.js";
import { preview } from "./preview.js";
import { read } from "./read.js";
import { planned } from "./state.js";
import { update } from "./update.js";

/** Something that can be synced: a repository, a part of a bucket, or a web site. */
export const source: Resource = {
  id: "sourceId",
  secrets: ["s3.awsAccessKeyId", "s3.awsSecretAccessKey"],
  inputs: inputsOf,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  preview,
  planned,
};
