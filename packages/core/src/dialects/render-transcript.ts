import { isoClock } from "../iso-clock.ts";
import type { JsonObject } from "../json-value.ts";
import type { LegacyItem, LegacyMessageItem } from "./legacy-item.ts";
import { type NaiveZone, parseLegacyTime } from "./legacy-time.ts";
import { transcriptMessageText, unplacedFields } from "./to-transcript-message.ts";

/** The custom entry that says which file a transcript was made from. */
export const provenanceType = "sessionsmith.migrated";
/** The custom entries that hold what has no place in a transcript of OpenClaw. */
const keptType = "sessionsmith.legacy";

/** What a transcript is made with, beside the content. */
export interface TranscriptFrame {
  readonly sessionId: string;
  /** Epoch ms of the header, and of a record without a time before which none has one. */
  readonly startedAt: number;
  readonly naiveZone: NaiveZone;
  /** Absolute path of the directory that the agent worked in; what the content says counts before it. */
  readonly cwd: string;
  /** Where the content comes from. */
  readonly provenance: JsonObject;
  /** The header, if there is one already. */
  readonly header?: JsonObject | undefined;
}

/** Characters that are put together before they are handed over. */
const pieceLength = 2 ** 16;

/**
 * Writes the content of a legacy session as a transcript of OpenClaw (2026.5.28, version 3): header,
 * provenance, then the messages in their order, each linked to the one before. What has no place in a message stands in a
 * `custom` entry behind it. Ids and times come from the content, so that the same content makes the same bytes.
 * @returns the transcript, a piece of some whole records after the other
 */
export function* renderTranscript(
  items: Iterable<LegacyItem>,
  frame: TranscriptFrame,
): Generator<Uint8Array, void> {
  const chain = new RecordChain(frame.startedAt);
  let isBegun = false;
  let pending = "";
  for (const item of items) {
    if (item.kind === "trouble") continue;
    if (!isBegun) pending = opening(frame, chain, item.kind === "head" ? item.fields["cwd"] : undefined);
    isBegun = true;
    pending += recordsOf(item, chain, frame.naiveZone);
    if (pending.length < pieceLength) continue;
    yield Buffer.from(pending, "utf8");
    pending = "";
  }
  if (!isBegun) pending = opening(frame, chain, undefined);
  if (pending !== "") yield Buffer.from(pending, "utf8");
}

function opening(frame: TranscriptFrame, chain: RecordChain, cwd: unknown): string {
  const { sessionId, provenance, startedAt } = frame;
  const timestamp = new Date(startedAt).toISOString();
  const dir = typeof cwd === "string" ? cwd : frame.cwd;
  const header = frame.header ?? { type: "session", version: 3, id: sessionId, timestamp, cwd: dir };
  return `${JSON.stringify(header)}\n${chain.addCustom(provenanceType, provenance)}`;
}

function recordsOf(
  item: Exclude<LegacyItem, { readonly kind: "trouble" }>,
  chain: RecordChain,
  naiveZone: NaiveZone,
): string {
  if (item.kind === "message") return messageRecords(item, chain, naiveZone);
  const data = item.kind === "head" ? { session: item.fields } : { record: item.record };
  return chain.addCustom(keptType, data);
}

function messageRecords(
  { message, recordId, parentId }: LegacyMessageItem,
  chain: RecordChain,
  naiveZone: NaiveZone,
): string {
  const expected = chain.lastMessageId;
  const atMs = parseLegacyTime(message.time, naiveZone);
  const line = chain.addMessage(transcriptMessageText(message, chain.moment(atMs)), recordId);
  const fields = unplacedFields(message);
  const unread = atMs === undefined && message.time !== undefined && message.time !== null;
  const kept = {
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(unread ? { timestamp: message.time } : {}),
    ...(parentId === undefined || parentId === expected ? {} : { parentId }),
    ...(recordId === undefined || recordId === chain.lastMessageId ? {} : { id: recordId }),
  };
  if (Object.keys(kept).length === 0) return line;
  return line + chain.addCustom(keptType, { message: chain.lastMessageId, ...kept });
}

/** Gives each record its id, its parent and its time, and writes it as a line. */
class RecordChain {
  lastMessageId: string | undefined;
  readonly #taken = new Set<string>();
  #lastId: string | null = null;
  #count = 0;
  readonly #clock = isoClock();
  #atMs: number;

  constructor(startedAt: number) {
    this.#atMs = startedAt;
  }

  /** The time of the next record: its own, or that of the record before. */
  moment(atMs: number | undefined): number {
    this.#atMs = atMs ?? this.#atMs;
    return this.#atMs;
  }

  /** A message, as JSON text, keeps the id that it has, if it can be one. */
  addMessage(message: string, recordId: string | undefined): string {
    this.lastMessageId = this.#freeId(recordId);
    return this.#line("message", this.lastMessageId, `"message":${message}`);
  }

  addCustom(customType: string, data: JsonObject): string {
    const members = `"customType":${JSON.stringify(customType)},"data":${JSON.stringify(data)}`;
    return this.#line("custom", this.#freeId(undefined), members);
  }

  /** Writing the members that all records have by hand takes half the time of an object that has them all. */
  #line(type: "message" | "custom", id: string, members: string): string {
    const parent = this.#lastId === null ? "null" : `"${this.#lastId}"`;
    this.#lastId = id;
    return `{"type":"${type}","id":"${id}","parentId":${parent},"timestamp":"${this.#clock(this.#atMs)}",${members}}\n`;
  }

  #freeId(wanted: string | undefined): string {
    let id = wanted !== undefined && recordIdPattern.test(wanted) ? wanted : this.#nextId();
    while (this.#taken.has(id)) id = this.#nextId();
    this.#taken.add(id);
    return id;
  }

  /** Eight hexadecimal digits, as OpenClaw's session manager makes them, but counted. */
  #nextId(): string {
    this.#count += 1;
    return this.#count.toString(16).padStart(8, "0");
  }
}

/** None of these characters is written differently in JSON. */
const recordIdPattern = /^[A-Za-z0-9_-]{1,64}$/;
