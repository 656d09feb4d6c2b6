import { assert, property } from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject } from "../../src/json-value.ts";
import { parseRecord } from "../../src/transcripts/parse-record.ts";
import { damaged, damagesOf } from "../damage.ts";
import { mended } from "./mended.ts";
import { answered, called, header, lines, said } from "./transcript-lines.ts";

const healthy = Buffer.from(
  lines(
    header(),
    said("0a1b2c3d", null, "one é 😀"),
    called("1a1b2c3d", "0a1b2c3d", "call-1", "call-2"),
    answered("2a1b2c3d", "1a1b2c3d", "call-1"),
    answered("3a1b2c3d", "2a1b2c3d", "call-2"),
    said("4a1b2c3d", "3a1b2c3d", `{"type":"message","id":"x","parentId":null}`),
    said("5a1b2c3d", "4a1b2c3d"),
  ),
);

/** The records of a file as any reader of this format sees them, by everything but what mending may change. */
function contents(bytes: Buffer): readonly string[] {
  return bytes
    .toString("latin1")
    .split("\n")
    .flatMap((line) => {
      const parsed = parseRecord(Buffer.from(line, "latin1"));
      return parsed.ok ? [JSON.stringify({ ...parsed.record, id: undefined, parentId: undefined })] : [];
    });
}

/** What is wrong by the plain rules of the format, found in another way: whole lines, one header, sound links, answered calls. */
function isSound(bytes: Buffer): boolean {
  const text = bytes.toString("latin1");
  if (!text.endsWith("\n") || text.includes("\r\n")) return false;
  const seen = new Set<unknown>();
  const asked = new Set<unknown>();
  const answers = new Set<unknown>();
  let linked = false;
  for (const [n, line] of text.slice(0, -1).split("\n").entries()) {
    const parsed = parseRecord(Buffer.from(line, "latin1"));
    if (line.trim() === "" && n > 0) continue;
    if (!parsed.ok) return false;
    const { type, id, parentId } = parsed.record;
    if ((type === "session") !== (n === 0)) return false;
    if (n === 0) continue;
    if (parentId !== undefined) linked = true;
    if (linked && (typeof id !== "string" || typeof type !== "string" || seen.has(id))) return false;
    if (linked && n > 1 && parentId !== null && !seen.has(parentId)) return false;
    seen.add(id);
    const { message } = parsed.record;
    const { role, content, toolCallId } = isJsonObject(message) ? message : {};
    if (type === "message" && typeof role !== "string") return false;
    if (role === "assistant" && Array.isArray(content))
      for (const part of content.filter(isJsonObject)) if (part["type"] === "toolCall") asked.add(part["id"]);
    if (role === "toolResult" && typeof toolCallId === "string" && !asked.has(toolCallId)) return false;
    if (role === "toolResult") answers.add(toolCallId);
  }
  return [...asked].every((id) => answers.has(id));
}

test("damage is reported unless the structure survived it; what was whole stays; mending ends", () => {
  expect(isSound(healthy)).toBe(true);
  assert(
    property(damagesOf(healthy.length), (all) => {
      const before = all.reduce(damaged, healthy);
      const { troubles, after, aside } = mended(before);
      const isReported = troubles.length > 0 || isSound(before);
      expect(isReported).toBe(true);
      const kept = new Set([...contents(after), ...contents(aside ?? Buffer.alloc(0))]);
      for (const line of contents(before)) expect(kept.has(line)).toBe(true);
      expect(mended(after).after.equals(after)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});
