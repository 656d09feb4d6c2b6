import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  oneof,
  option,
  record,
  string,
} from "fast-check";
import { isJsonObject, type JsonObject, parseRecord } from "@sessionsmith/core";
import { tree, type MemoryFs } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import { verifyMigration } from "../src/verify-migration.ts";
import { diskWith, hostOver, migrated, stateDir, storeOf, workspace } from "./legacy-disk.ts";

const text = string({ unit: "binary", maxLength: 12 });
const time = oneof(
  constantFrom("2026-02-10T10:00:00", "2026-02-10T10:00:00+02:00", "yesterday", null, 0, -1),
  integer({ min: 1, max: 2_000_000_000_000 }),
);
const message = oneof(
  record({
    role: constantFrom("user", "assistant", "system", "tool", "odd"),
    content: text,
    timestamp: time,
  }),
  record({ content: text, images: array(text, { maxLength: 2 }), name: text, tool_call_id: text }),
  text,
);
const id = oneof(
  constantFrom(
    "a",
    "A",
    "main-main",
    "telegram-5",
    "telegram:5",
    "cron:x",
    "cli-session",
    "x.trajectory",
    "x-topic-1",
  ),
  string({ unit: constantFrom("a", "B", "0", "-", ":", ".", " ", "é", "😀"), minLength: 1, maxLength: 10 }),
).filter((name) => name !== "." && name !== "..");
const key = oneof(constantFrom("agent:main:main", "agent:work:dm:7", "main", "global"), text);
const session = record({
  messages: array(message, { maxLength: 6 }),
  metadata: dictionary(constantFrom("session_key", "label", "odd"), oneof(key, integer()), {
    noNullPrototype: true,
  }),
  updated_at: time,
});
/** How the bytes of a file are spoilt: not at all, cut off, or with a byte that is no UTF-8. */
const damage = option(oneof(integer({ min: 0, max: 400 }), constantFrom("latin1")), { freq: 3 });
const store = record({
  files: dictionary(id, record({ session, damage }), { maxKeys: 8, noNullPrototype: true }),
  map: dictionary(key, id, { maxKeys: 4, noNullPrototype: true }),
});

type Files = ReadonlyMap<string, { readonly session: object; readonly damage: number | string | null }>;

function bytesOf({ session: content, damage: spoilt }: NonNullable<ReturnType<Files["get"]>>): Buffer {
  const bytes = Buffer.from(JSON.stringify(content), "utf8");
  if (typeof spoilt === "number") return bytes.subarray(0, spoilt);
  return spoilt === null
    ? bytes
    : Buffer.concat([bytes.subarray(0, -1), Buffer.from(',"x":"\xe9"}', "latin1")]);
}

function disk(files: Files, map: object): MemoryFs {
  const named = [...files].map(([name, file]) => [`.sessions/${name}.json`, bytesOf(file)] as const);
  return diskWith({ ".sessions/session_map.json": JSON.stringify(map), ...Object.fromEntries(named) });
}

/** The texts of all messages of every transcript, and the rows of every index. */
function stored(fs: MemoryFs) {
  const files = fs.lstat(`${stateDir}/agents`) === undefined ? [] : [...tree(fs, `${stateDir}/agents`)];
  const own = files.filter(([path, { kind }]) => kind === "file" && !path.includes(".sessionsmith/"));
  const textOf = (path: string) => own.find(([name]) => name === path)?.[1].bytes?.toString("utf8") ?? "";
  const indexes = own.filter(([path]) => path.endsWith("sessions.json")).map(([path]) => path);
  const rows = indexes.flatMap((path) => {
    const parsed = parseRecord(Buffer.from(textOf(path), "utf8"));
    return parsed.ok ? Object.values(parsed.record) : [];
  });
  return { rows, textOf };
}

test("sessions in are sessions out or reported; no text is lost, and the order is kept", async () => {
  await assert(
    asyncProperty(store, async ({ files, map }) => {
      const given: Files = new Map(Object.entries(files));
      const fs = disk(given, map);
      const before = [...tree(fs, workspace)].map(([path, { bytes }]) => [path, bytes?.toString("latin1")]);
      const { sessions } = await migrated(fs);
      expect(sessions).toHaveLength(given.size);
      const brought = sessions.filter(({ outcome }) => outcome === "migrate");
      const { rows, textOf } = stored(fs);
      expect(rows).toHaveLength(brought.reduce((sum, { keys }) => sum + keys.length, 0));
      const host = hostOver(fs, 70);
      const verdicts = verifyMigration(host, { workspace, storeOf }).map(({ verdict }) => verdict);
      expect(verdicts.toSorted()).toEqual(
        sessions.map(({ outcome }) => (outcome === "migrate" ? "same" : outcome)).toSorted(),
      );
      for (const { legacyId, transcript, agentId } of brought) {
        const whole = given.get(legacyId);
        if (whole === undefined || whole.damage !== null) continue;
        const lines = textOf(`${agentId}/sessions/${transcript}`).trimEnd().split("\n");
        expect(saidIn(lines)).toEqual(textsOf(whole.session));
      }
      const after = [...tree(fs, workspace)].filter(([path]) => !path.includes("backup_old_format"));
      expect(after.map(([path, { bytes }]) => [path, bytes?.toString("latin1")])).toEqual(before);
      expect((await migrated(fs, { firstId: 80 })).outcome.operationId).toBeUndefined();
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** What the messages of a transcript say, in order; parts are joined, as images stand behind the text. */
function saidIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const parsed = parseRecord(Buffer.from(line, "utf8"));
    if (!parsed.ok) throw new Error("a line of a transcript is no record");
    const { type, message: body } = parsed.record;
    if (type !== "message" || !isJsonObject(body)) return [];
    if (typeof body["content"] === "string") return [body["content"]];
    const parts = Array.isArray(body["content"]) ? body["content"].filter(isJsonObject) : [];
    return [parts.map(partText).join("\n")];
  });
}

function partText({ text: words, mimeType, data }: JsonObject): string {
  if (typeof words === "string") return words;
  if (typeof mimeType !== "string" || typeof data !== "string") throw new Error("a part of no known kind");
  return `[image: data:${mimeType};base64,${data}]`;
}

function textsOf(content: object): readonly string[] {
  const messages: unknown = Object.getOwnPropertyDescriptor(content, "messages")?.value;
  return (Array.isArray(messages) ? messages : []).map((one: unknown) => {
    if (typeof one === "string") return wellFormed(one);
    if (!isJsonObject(one)) throw new Error("not one of these messages");
    const { content: words, images = [] } = one;
    if (typeof words !== "string" || !Array.isArray(images)) throw new Error("not one of these messages");
    const shown = images.map((image) => (typeof image === "string" ? `[image: ${image}]` : ""));
    return wellFormed([words, ...shown].filter((part) => part !== "").join("\n"));
  });
}

function wellFormed(value: string): string {
  const parsed: unknown = JSON.parse(JSON.stringify(value));
  return String(parsed);
}
