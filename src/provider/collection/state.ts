import { UNKNOWN } from "../../model/unknown.js";
import type { Properties } from "../resource.js";
import type { CollectionInputs } from "./inputs.js";

/** What state holds of it. */
export type CollectionState = CollectionInputs & {
  /** The database that it is in. */
  database: string;
  /** A digest of the URN: a delete does not know which resource it is for. */
  declaredBy: string;
};

/** The state that a create or an update will leave, as far as it is known. */
export function planned(inputs: CollectionInputs, olds?: CollectionState): Properties {
  const database = inputs.databaseName ?? UNKNOWN;
  return { ...inputs, database, declaredBy: olds?.declaredBy ?? UNKNOWN };
}
