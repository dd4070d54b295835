import { Struct, type Value } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../../model/unknown.js";
import type { Properties } from "../../provider/resource.js";
import { SECRET, SIGNATURE } from "../secrets.js";

/** What each kind of value is sent as while it is not known yet; the rules know one. */
const UNKNOWNS = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What the engine sends, as plain values: secrets and outputs are what they hold. */
export function toPlain(struct: Struct | undefined): Properties {
  return struct ? plainMap(struct) : {};
}

/** Plain values as the engine takes them. Through JSON, which leaves out what is undefined. */
export function toStruct(properties: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
}

function plainMap(struct: Struct): Properties {
  // Through entries, for a key such as __proto__ is data.
  const entries: [string, unknown][] = [];
  struct.getFieldsMap().forEach((value, key) => {
    entries.push([key, plain(value)]);
  });
  return Object.fromEntries(entries);
}

function plain(value: Value): unknown {
  if (value.hasStructValue()) return unwrapped(plainMap(value.getStructValue()!));
  if (value.hasListValue()) return value.getListValue()!.getValuesList().map(plain);
  if (value.hasStringValue()) {
    const text = value.getStringValue();
    return UNKNOWNS.has(text) ? UNKNOWN : text;
  }
  if (value.hasNumberValue()) return value.getNumberValue();
  return value.hasBoolValue() ? value.getBoolValue() : null;
}

function unwrapped(map: Properties): unknown {
  if (map[SIGNATURE] === SECRET) return map.value;
  // An output without a value is one that is not known yet.
  if (map[SIGNATURE] === OUTPUT) return "value" in map ? map.value : UNKNOWN;
  return map[SIGNATURE] === ASSET ? assetOf(map) : map;
}

/** What an asset names. The engine adds a digest of its own. */
function assetOf({ path, text, uri }: Properties): Properties {
  if (path) return { path };
  return uri ? { uri } : { text };
}
