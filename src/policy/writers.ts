import type { StackJudge } from "./rule.js";
import { kindOf, type SeenResource, type Sync, syncsInState } from "./syncs.js";
import { NotJudgedError, withEach } from "./unjudged.js";

/** Something that writes to a collection. */
interface Writer {
  /** Name of its resource. */
  name: string;
  collection: string;
  sourceId: unknown;
  provider: string | undefined;
  /** The ref that it writes, as text; undefined if it writes single objects. */
  ref: string | undefined;
}

/** Which writers concern a rule, which two of them must not share a collection, and what is said then. */
interface Clash {
  concerns(sync: Sync): boolean;
  between(one: Writer, other: Writer): boolean;
  sentence(one: Writer, other: Writer): string;
}

/**
 * Judges writers of one collection by pairs. A collection is known by name and database, and a database by its
 * name and the key of the provider; which one a source belongs to is known of the stack's own, at the end.
 */
export function judgeWriters({ concerns, between, sentence }: Clash): StackJudge {
  const writersOf = new Map<string, Map<string, Writer>>();
  const databaseOf = new Map<string, string>();
  const doubtful: [Writer, Writer][] = [];

  /** Whether two writers of one name write to one collection; undefined if nothing tells. */
  const isSame = (one: Writer, other: Writer): boolean | undefined => {
    const [source, otherSource] = [idOf(one), idOf(other)];
    if (source === otherSource) return true;
    if (one.provider !== other.provider) return false;
    const [database, otherDatabase] = [databaseOf.get(source), databaseOf.get(otherSource)];
    return database && otherDatabase ? database === otherDatabase : undefined;
  };

  const addWriter = (writer: Writer): string[] => {
    const writers = writersOf.get(writer.collection) ?? new Map<string, Writer>();
    writersOf.set(writer.collection, writers);
    const key = JSON.stringify(writer);
    if (writers.has(key)) return [];
    const others = [...writers.values()].filter((other) => between(other, writer));
    writers.set(key, writer);
    const certain = others.find((other) => isSame(other, writer));
    if (certain) return [sentence(certain, writer)];
    for (const other of others) if (isSame(other, writer) === undefined) doubtful.push([other, writer]);
    return [];
  };

  return {
    add(resource, notJudged) {
      const violations: string[] = [];
      const judge = (sync: Sync) => {
        const { name, provider } = resource;
        const { targetCollectionName: collection, objectKey, refIdentifier } = sync;
        // What does not concern the rule is left before the source is asked for, which may not be known yet.
        if (typeof collection !== "string" || !concerns(sync)) return;
        const ref = objectKey === undefined ? JSON.stringify(refIdentifier ?? null) : undefined;
        const { databaseName } = sync;
        if (databaseName !== undefined)
          databaseOf.set(String(sync.sourceId).toLowerCase(), String(databaseName));
        violations.push(...addWriter({ name, provider, collection, ref, sourceId: sync.sourceId }));
      };
      withEach(syncsInState(resource, notJudged), judge, notJudged);
      return violations;
    },
    end(resources, notJudged) {
      const sources = resources.filter(({ type }) => kindOf(type) === "source");
      const note = ({ props: { sourceId, databaseName } }: SeenResource) =>
        databaseOf.set(String(sourceId).toLowerCase(), String(databaseName));
      withEach(sources, note, notJudged);
      const unknown = doubtful.filter((pair) => isSame(...pair) === undefined);
      if (unknown.length > 0) {
        const more = unknown.length > 1 ? `, and ${unknown.length - 1} more pairs` : "";
        const why = `${sentence(...unknown[0]!)}, if their sources are in one database, which is not known${more}`;
        notJudged(new NotJudgedError(why));
      }
      return doubtful.filter((pair) => isSame(...pair)).map((pair) => sentence(...pair));
    },
  };
}

const idOf = ({ sourceId }: Writer) => String(sourceId).toLowerCase();
