import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRecord } from "../../src/transcripts/parse-record.ts";
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

/** Ways in which disks, crashes and other programs spoil files. */
type Damage =
  | { readonly how: "cut"; readonly from: number; readonly length: number }
  | { readonly how: "flip"; readonly at: number; readonly bit: number }
  | { readonly how: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly how: "zero"; readonly from: number; readonly length: number }
  | { readonly how: "repeat"; readonly from: number; readonly length: number };

const at = fc.nat(healthy.length);
const length = fc.oneof(fc.nat(8), fc.nat(healthy.length));
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ how: fc.constant("cut" as const), from: at, length }),
  fc.record({ how: fc.constant("flip" as const), at, bit: fc.nat(7) }),
  fc.record({ how: fc.constant("insert" as const), at, bytes: fc.uint8Array({ maxLength: 6 }) }),
  fc.record({ how: fc.constant("zero" as const), from: at, length }),
  fc.record({ how: fc.constant("repeat" as const), from: at, length }),
);

function damaged(bytes: Buffer, one: Damage): Buffer {
  if (one.how === "flip") {
    const copy = Buffer.from(bytes);
    const byte = copy[one.at];
    if (byte !== undefined) copy[one.at] = byte ^ (1 << one.bit);
    return copy;
  }
  if (one.how === "insert")
    return Buffer.concat([bytes.subarray(0, one.at), one.bytes, bytes.subarray(one.at)]);
  const end = Math.min(bytes.length, one.from + one.length);
  const [before, part, after] = [
    bytes.subarray(0, one.from),
    bytes.subarray(one.from, end),
    bytes.subarray(end),
  ];
  if (one.how === "zero") return Buffer.concat([before, Buffer.alloc(part.length), after]);
  return Buffer.concat(one.how === "cut" ? [before, after] : [before, part, part, after]);
}

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
    const { role, content, toolCallId } = Object.assign(
      { role: "", content: [], toolCallId: "" },
      parsed.record["message"],
    );
    if (type === "message" && typeof role !== "string") return false;
    if (role === "assistant" && Array.isArray(content))
      for (const part of content) if (part?.type === "toolCall") asked.add(part.id);
    if (role === "toolResult" && typeof toolCallId === "string" && !asked.has(toolCallId)) return false;
    if (role === "toolResult") answers.add(toolCallId);
  }
  return [...asked].every((id) => answers.has(id));
}

const damages = fc.array(damage, { minLength: 1, maxLength: 3 });

test("damage is reported unless the structure survived it; what was whole stays; mending ends", () => {
  expect(isSound(healthy)).toBe(true);
  fc.assert(
    fc.property(damages, (all) => {
      const before = all.reduce(damaged, healthy);
      const { troubles, after, aside } = mended(before);
      if (troubles.length === 0) expect(isSound(before)).toBe(true);
      const kept = new Set([...contents(after), ...contents(aside ?? Buffer.alloc(0))]);
      for (const line of contents(before)) expect(kept.has(line)).toBe(true);
      const again = mended(after);
      expect(again.after.equals(after)).toBe(true);
    }),
    { numRuns: 10000 },
  );
});
