import type { JsonObject } from "../json-value.ts";
import type { LegacyItem, LegacyMessageItem } from "./legacy-item.ts";
import { type NaiveZone, parseLegacyTime } from "./legacy-time.ts";
import { toTranscriptMessage, type TranscriptBody, unplacedFields } from "./to-transcript-message.ts";

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

/**
 * Writes the content of a legacy session as a transcript of OpenClaw (2026.5.28, version 3), record by record: header,
 * provenance, then the messages in their order, each linked to the one before. What has no place in a message stands in a
 * `custom` entry behind it. Ids and times come from the content, so that the same content makes the same bytes.
 */
export function* renderTranscript(
  items: Iterable<LegacyItem>,
  frame: TranscriptFrame,
): Generator<string, void> {
  const chain = new RecordChain(frame.startedAt);
  let isBegun = false;
  for (const item of items) {
    if (item.kind === "trouble") continue;
    if (!isBegun) yield opening(frame, chain, item.kind === "head" ? item.fields["cwd"] : undefined);
    isBegun = true;
    yield recordsOf(item, chain, frame.naiveZone);
  }
  if (!isBegun) yield opening(frame, chain, undefined);
}

function opening(frame: TranscriptFrame, chain: RecordChain, cwd: unknown): string {
  const { sessionId, provenance, startedAt } = frame;
  const timestamp = new Date(startedAt).toISOString();
  const dir = typeof cwd === "string" ? cwd : frame.cwd;
  const header = frame.header ?? { type: "session", version: 3, id: sessionId, timestamp, cwd: dir };
  return `${JSON.stringify(header)}\n${chain.add({ type: "custom", customType: provenanceType, data: provenance })}`;
}

function recordsOf(
  item: Exclude<LegacyItem, { readonly kind: "trouble" }>,
  chain: RecordChain,
  naiveZone: NaiveZone,
): string {
  if (item.kind === "message") return messageRecords(item, chain, naiveZone);
  const data = item.kind === "head" ? { session: item.fields } : { record: item.record };
  return chain.add({ type: "custom", customType: keptType, data });
}

function messageRecords(
  { message, recordId, parentId }: LegacyMessageItem,
  chain: RecordChain,
  naiveZone: NaiveZone,
): string {
  const expected = chain.lastMessageId;
  const atMs = parseLegacyTime(message.time, naiveZone);
  const line = chain.addMessage(toTranscriptMessage(message, chain.moment(atMs)), recordId);
  const fields = unplacedFields(message);
  const unread = atMs === undefined && message.time !== undefined && message.time !== null;
  const kept = {
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(unread ? { timestamp: message.time } : {}),
    ...(parentId === undefined || parentId === expected ? {} : { parentId }),
    ...(recordId === undefined || recordId === chain.lastMessageId ? {} : { id: recordId }),
  };
  if (Object.keys(kept).length === 0) return line;
  const data = { message: chain.lastMessageId, ...kept };
  return line + chain.add({ type: "custom", customType: keptType, data });
}

/** A record without its id, its parent and its time. */
type RecordBody =
  | TranscriptBody
  | { readonly type: "custom"; readonly customType: string; readonly data: JsonObject };

/** Gives each record its id, its parent and its time, and writes it as a line. */
class RecordChain {
  lastMessageId: string | undefined;
  readonly #taken = new Set<string>();
  #lastId: string | null = null;
  #count = 0;
  #atMs: number;

  constructor(startedAt: number) {
    this.#atMs = startedAt;
  }

  /** The time of the next record: its own, or that of the record before. */
  moment(atMs: number | undefined): number {
    this.#atMs = atMs ?? this.#atMs;
    return this.#atMs;
  }

  /** A message keeps the id that it has, if it can be one. */
  addMessage(body: TranscriptBody, recordId: string | undefined): string {
    this.lastMessageId = this.#freeId(recordId);
    return this.#line(body, this.lastMessageId);
  }

  add(body: RecordBody): string {
    return this.#line(body, this.#freeId(undefined));
  }

  /** Writing the members that all records have by hand takes half the time of an object that has them all. */
  #line(body: RecordBody, id: string): string {
    const parent = this.#lastId === null ? "null" : `"${this.#lastId}"`;
    const timestamp = new Date(this.#atMs).toISOString();
    this.#lastId = id;
    return `{"type":"${body.type}","id":"${id}","parentId":${parent},"timestamp":"${timestamp}",${membersOf(body)}}\n`;
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

function membersOf(body: RecordBody): string {
  return body.type === "message"
    ? `"message":${JSON.stringify(body.message)}`
    : `"customType":${JSON.stringify(body.customType)},"data":${JSON.stringify(body.data)}`;
}

/** None of these characters is written differently in JSON. */
const recordIdPattern = /^[A-Za-z0-9_-]{1,64}$/;
