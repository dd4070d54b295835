import { type Properties, present } from "../resource.js";

/** Checked inputs: the collection that is in use, and where it is. */
export type CollectionInputs = {
  collectionName: string;
  /** The database that it is in; that of the source if it is left out. */
  databaseName?: string;
  /** The source that wrote it. */
  sourceId?: string;
  /** Chroma Cloud tenant; that of the key if it is left out. */
  tenant?: string;
  /** Base URL of the Chroma API. */
  endpoint?: string;
};

/** The names of the inputs. */
export const NAMES = ["collectionName", "databaseName", "sourceId", "tenant", "endpoint"] as const;

/** The inputs among properties that may hold more. */
export function inputsOf(properties: Properties): CollectionInputs {
  return present(NAMES, properties) as CollectionInputs;
}
