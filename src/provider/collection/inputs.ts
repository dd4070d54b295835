/** Checked inputs: the collection that is in use, and where it is. */
export interface CollectionInputs {
  collectionName: string;
  /** The database that it is in; that of the source where it is left out. */
  databaseName?: string;
  /** The source that wrote it. */
  sourceId?: string;
  /** Chroma Cloud tenant; that of the key where it is left out. */
  tenant?: string;
  /** Base URL of the Chroma API. */
  endpoint?: string;
}

/** What state holds of it. */
export interface CollectionState extends CollectionInputs {
  /** The database that it is in. */
  database: string;
  /** A digest of the URN: a delete is not told which resource it is for. */
  declaredBy: string;
}

/** The names of the inputs. */
export const COLLECTION_INPUTS = [
  "collectionName",
  "databaseName",
  "sourceId",
  "tenant",
  "endpoint",
] as const;

/** The inputs among properties that may hold more. */
export function collectionInputs(properties: object): CollectionInputs {
  const all = properties as Record<string, unknown>;
  const present = COLLECTION_INPUTS.filter((name) => all[name] !== undefined && all[name] !== null);
  return Object.fromEntries(present.map((name) => [name, all[name]])) as unknown as CollectionInputs;
}
