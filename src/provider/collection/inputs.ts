/** Checked inputs: the collection that is in use, and where it is. */
export interface CollectionInputs {
  collectionName: string;
  /** The source that wrote it, whose database it is in. */
  sourceId: string;
  /** Chroma Cloud tenant; that of the key where it is left out. */
  tenant?: string;
  /** Base URL of the Chroma API. */
  endpoint?: string;
}

/** What state holds of it. */
export interface CollectionState extends CollectionInputs {
  databaseName: string;
  /** A digest of the URN: a delete is not told which resource it is for. */
  declaredBy: string;
}

const NAMES = ["collectionName", "sourceId", "tenant", "endpoint"] as const;

/** The inputs among properties that may hold more. */
export function collectionInputs(properties: object): CollectionInputs {
  const all = properties as Record<string, unknown>;
  const present = NAMES.filter((name) => all[name] !== undefined && all[name] !== null);
  return Object.fromEntries(present.map((name) => [name, all[name]])) as unknown as CollectionInputs;
}
