import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  mendUtf8,
  parseRecord,
  readBareText,
  readLegacyMessage,
  scanDocument,
  type DocumentScan,
  type LegacyItem,
  type LegacyTrouble,
} from "@sessionsmith/core";

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a file that is one JSON object with a list `messages`, message by message. A file that is cut off or damaged gives
 * what is whole before the damage, and a trouble.
 */
export function readJsonBody(raw: Buffer): Iterable<LegacyItem> {
  return readSoundBody(raw) ?? readOddBody(raw);
}

/** Nothing is parsed before it is asked for. */
function* readOddBody(raw: Buffer): Generator<LegacyItem, void> {
  const hasMark = raw.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  const skipped = hasMark ? byteOrderMark.length : 0;
  if (hasMark) yield trouble({ id: "legacy-byte-order-mark", offset: 0 });
  const { bytes, invalidAt } = mendUtf8(raw.subarray(skipped));
  if (invalidAt !== undefined) yield trouble({ id: "legacy-not-utf8", offset: invalidAt + skipped });
  const isMended = hasMark || invalidAt !== undefined;
  yield* (isMended ? readSoundBody(bytes) : undefined) ?? readPiecemeal(bytes, skipped);
}

/** Bytes of a body that is parsed at once, several times faster than message by message; a larger one never is one value. */
const wholeLimitBytes = 2 ** 22;

/** The items of a body with nothing odd about it; undefined for any other. */
function readSoundBody(bytes: Buffer): readonly LegacyItem[] | undefined {
  if (bytes.length > wholeLimitBytes) return undefined;
  const parsed = parseRecord(bytes);
  if (!parsed.ok) return undefined;
  const { messages, ...fields } = parsed.record;
  if (!Array.isArray(messages) || !messages.every(isJsonObject)) return undefined;
  return [{ kind: "head", fields }, ...messages.map(messageItem)];
}

function* readPiecemeal(bytes: Buffer, skipped: number): Generator<LegacyItem, void> {
  // In a mended file the bytes after the first mended one have moved: an offset is that of the mended text.
  const scan = scanDocument(bytes, "messages");
  if (!scan.isObject) {
    yield trouble({
      id: "legacy-unreadable",
      offset: skipped,
      line: 1,
      problem: "the file holds no JSON object",
    });
    return;
  }
  yield { kind: "head", fields: headOf(bytes, scan) };
  const placeOf = lineCounter(bytes, skipped);
  yield* messagesOf(bytes, scan, placeOf);
  const { damage } = scan;
  if (damage !== undefined)
    yield trouble({ id: "legacy-cut-off", ...placeOf(damage.offset), problem: damage.problem });
}

function headOf(bytes: Buffer, { members, items }: DocumentScan): JsonObject {
  const fields = new Map<string, JsonValue>();
  for (const [name, { start, end }] of members) {
    // A list of messages is read item by item; whatever else stands in its place is kept.
    if (name === "messages" && (items.length > 0 || bytes[start] === openBracket)) continue;
    const parsed = parseRecord(Buffer.from(`{"value":${bytes.toString("utf8", start, end)}}`, "utf8"));
    const value = parsed.ok ? parsed.record["value"] : undefined;
    if (value !== undefined && (value !== null || name !== "messages")) fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

const openBracket = 0x5b;

function* messagesOf(
  bytes: Buffer,
  { items }: DocumentScan,
  placeOf: (offset: number) => Place,
): Generator<LegacyItem, void> {
  for (const { start, end } of items) {
    const item = parseItem(bytes.subarray(start, end));
    if (isJsonObject(item)) {
      yield messageItem(item);
    } else if (typeof item === "string") {
      yield { kind: "message", message: readBareText(item), recordId: undefined, parentId: undefined };
      yield trouble({ id: "legacy-bare-text", ...placeOf(start) });
    } else {
      yield trouble({
        id: "legacy-message-unread",
        ...placeOf(start),
        problem: "the item is neither a message nor a text",
      });
    }
  }
}

function messageItem(item: JsonObject): LegacyItem {
  return { kind: "message", message: readLegacyMessage(item), recordId: undefined, parentId: undefined };
}

/** A value of the list; undefined if it can't be parsed safely. */
function parseItem(bytes: Buffer): JsonValue | undefined {
  const isObject = bytes[0] === openBrace;
  const parsed = parseRecord(isObject ? bytes : Buffer.from(`{"item":${bytes.toString("utf8")}}`, "utf8"));
  if (!parsed.ok) return undefined;
  return isObject ? parsed.record : parsed.record["item"];
}

const openBrace = 0x7b;

function trouble(found: LegacyTrouble): LegacyItem {
  return { kind: "trouble", trouble: found };
}

/** Tells lines of ascending offsets, in one pass over all of them. */
function lineCounter(bytes: Buffer, skipped: number): (offset: number) => Place {
  let line = 1;
  let next = bytes.indexOf(lineFeed);
  return (offset) => {
    for (; next !== -1 && next < offset; next = bytes.indexOf(lineFeed, next + 1)) line += 1;
    return { offset: offset + skipped, line };
  };
}

interface Place {
  readonly offset: number;
  readonly line: number;
}

const lineFeed = 0x0a;
