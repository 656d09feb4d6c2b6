import { array, assert, nat, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { isStoreError } from "@sessionsmith/core";
import type { LineCodec, LineEnd } from "../../src/encryption/line-codec.ts";
import { headerSha256 } from "../../src/encryption/seal.ts";
import { newSessionCodec, openSessionCodec } from "../../src/encryption/session-codec.ts";
import { tampered } from "../../src/encryption/tampered.ts";
import { countedBytes, testKeyring } from "./test-keys.ts";

const keyring = testKeyring();
const header = headerSha256(Buffer.from('{"type":"session","version":3,"id":"s1"}'));

function newCodec(sessionId = "s1", ring = keyring): LineCodec {
  const random = { params: ring.newParams(), seed: Buffer.from(countedBytes(7)(16)) };
  return newSessionCodec({ keyring: ring, sessionId, place: `${sessionId}.jsonl` }, random);
}

function reopen(opening: string | undefined, sessionId = "s1", ring = keyring): LineCodec {
  const session = { keyring: ring, sessionId, place: `${sessionId}.jsonl` };
  return openSessionCodec(session, Buffer.from(opening ?? ""), countedBytes(8));
}

/** Opening and envelopes of these lines, and the place after them. */
function stored(codec: LineCodec, lines: readonly (Uint8Array | string)[]) {
  const texts: string[] = [codec.opening ?? ""];
  let end = codec.start;
  for (const line of lines) {
    const encoded = codec.encode(Buffer.from(line), end);
    texts.push(encoded.text);
    end = encoded.end;
  }
  return { texts, end };
}

/** What a reader makes of it who knows the seal. Throws as the reader does. */
function read(
  texts: readonly string[],
  seal: ReturnType<LineCodec["seal"]>,
  sessionId = "s1",
): readonly string[] {
  const codec = reopen(texts[0], sessionId);
  const sealed = codec.checkSeal(seal, header);
  let end: LineEnd = codec.start;
  const lines: string[] = [];
  for (const text of texts.slice(1)) {
    const line = codec.decode(Buffer.from(text), end);
    end = line.end;
    if (end.count === sealed.count && end.tag !== sealed.tag)
      throw tampered("s1.jsonl", end.count, "another end");
    lines.push(line.bytes.toString("latin1"));
  }
  if (end.count < sealed.count) throw tampered("s1.jsonl", undefined, "lines are missing");
  return lines;
}

const message = (text: string) =>
  JSON.stringify({
    type: "message",
    id: "aaaa1111",
    parentId: null,
    timestamp: "2026-11-20T10:00:00.000Z",
    message: { role: "user", content: text },
  });

describe("a session's codec", () => {
  test("stores a line as a custom entry that shows its time and nothing else of it", () => {
    const codec = newCodec();
    const { texts } = stored(codec, [message("What is my portfolio value?"), "{}"]);
    const [opening, first, second] = texts.map((text): unknown => JSON.parse(text));
    expect(opening).toEqual({
      type: "custom",
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      parentId: null,
      customType: "sessionsmith.encrypted",
      data: {
        v: 1,
        n: 0,
        key: { id: keyring.newParams().id, salt: expect.any(String), scrypt: null },
        nonce: expect.stringMatching(/^[A-Za-z0-9+/]{16}$/),
        tag: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
        text: "",
      },
    });
    expect(first).toMatchObject({
      parentId: Object(opening).id,
      timestamp: "2026-11-20T10:00:00.000Z",
      data: { v: 1, n: 1 },
    });
    expect(Object.keys(Object(second))).not.toContain("timestamp");
    expect(texts.join()).not.toMatch(/portfolio|aaaa1111|user/);
  });

  test.each(["portfolio value?", "2026-11-20T10:00:00Z, and what I said then", 17, null])(
    "the time %j is none, and is encrypted",
    (timestamp) => {
      const { texts } = stored(newCodec(), [JSON.stringify({ timestamp })]);
      expect(texts[1]).not.toContain("timestamp");
    },
  );

  test("the same line never looks the same twice, and no nonce comes again", () => {
    const codec = newCodec();
    const line = Buffer.from(message("yes"));
    const at = codec.start;
    const [once, again] = [codec.encode(line, at), reopen(codec.opening).encode(line, at)];
    expect(once.text).not.toBe(again.text);
    const { texts } = stored(
      codec,
      Array.from({ length: 300 }, () => "yes"),
    );
    const nonces = texts.map((text) => /"nonce":"([^"]+)"/.exec(text)?.[1]);
    expect(new Set(nonces).size).toBe(301);
  });

  test("the same codec writes the same bytes, so that a plan is what is applied", () => {
    const random = { params: keyring.newParams(), seed: Buffer.alloc(16, 3) };
    const session = { keyring, sessionId: "s1", place: "s1.jsonl" };
    const lines = ["one", "two"];
    expect(stored(newSessionCodec(session, random), lines)).toEqual(
      stored(newSessionCodec(session, random), lines),
    );
  });

  test("gives back every byte of every line (property)", () => {
    assert(
      property(array(uint8Array({ maxLength: 60 }), { maxLength: 8 }), (lines) => {
        const codec = newCodec();
        const { texts, end } = stored(codec, lines);
        expect(read(texts, codec.seal(end, header))).toEqual(
          lines.map((line) => Buffer.from(line).toString("latin1")),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("another key, and another session, are told", () => {
    const { opening } = newCodec();
    expect(() => reopen(opening, "s1", testKeyring("b"))).toThrow(expect.objectContaining({ code: "E_KEY" }));
    expect(() => reopen(opening, "s2")).toThrow(expect.objectContaining({ code: "E_TAMPERED" }));
    expect(() => reopen(message("plain"))).toThrow(expect.objectContaining({ code: "E_TAMPERED" }));
  });

  test("an envelope of a later version is left to that version", () => {
    const { opening } = newCodec();
    expect(() => reopen(opening?.replace('"v":1', '"v":2'))).toThrow(
      expect.objectContaining({ code: "E_REFUSED" }),
    );
  });
});

describe("whoever changes what is stored is found out", () => {
  const lines = ["one", message("two"), "three", "", "five"];
  const codec = newCodec();
  const { texts, end } = stored(codec, lines);
  const seal = codec.seal(end, header);
  /** Those of some changes that a reader takes for what was written. */
  const unnoticed = (changes: Iterable<readonly string[]>, otherSeal = seal) =>
    [...changes].filter((changed) => isRead(changed, otherSeal));

  test("unchanged, it is read", () => {
    expect(read(texts, seal)).toEqual(lines);
  });

  test("any byte of any line", () => {
    expect(unnoticed(everyFlip(texts))).toEqual([]);
  });

  test("a byte more, a byte less, and other white space", () => {
    const changes = texts.flatMap((line, n) =>
      [`${line} `, ` ${line}`, line.slice(0, -1), line.replace(",", ", "), ""].map((changed) =>
        texts.with(n, changed),
      ),
    );
    expect(unnoticed(changes)).toEqual([]);
  });

  test("lines swapped, repeated, left out, cut off at either end (property)", () => {
    const order = array(nat({ max: texts.length - 1 }), { maxLength: 8 });
    assert(
      property(order, (picked) => {
        const changed = picked.map((n) => texts[n] ?? "");
        expect(unnoticed(changed.join("\n") === texts.join("\n") ? [] : [changed])).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(unnoticed(texts.map((_, count) => texts.slice(0, count)))).toEqual([]);
  });

  test("lines of another session, of an earlier encryption, or of one that the same key made elsewhere", () => {
    const [earlier, other] = [newCodec(), newCodec("s2")];
    const foreign = [stored(earlier, lines), stored(other, lines)];
    const changes = foreign.flatMap((one) => texts.map((_, n) => texts.with(n, one.texts[n] ?? "")));
    const replayed = stored(codec, ["another", ...lines.slice(1)]).texts;
    expect(unnoticed([...changes, ...foreign.map((one) => one.texts), replayed])).toEqual([]);
  });

  test("the seal: another count, another tag, that of an earlier time, none", () => {
    const earlier = stored(codec, lines.slice(0, 3));
    const shorter = codec.seal(earlier.end, header) ?? {};
    const seals = [
      undefined,
      { ...seal, count: 3 },
      { ...seal, ...earlier.end },
      { ...shorter, mac: seal?.["mac"] ?? "" },
      { ...seal, v: 2 },
      { ...seal, header: "0".repeat(64) },
    ];
    expect(seals.filter((other) => isRead(texts, other))).toEqual([]);
    expect(() => reopen(codec.opening).checkSeal(seal, "f".repeat(64))).toThrow(/Line 1 .*another header/);
  });

  test("lines after the end that the row knows are read, because an append comes before the row", () => {
    const shorter = codec.seal(stored(codec, lines.slice(0, 3)).end, header);
    expect(read(texts, shorter)).toEqual(lines);
  });
});

/** Each text with one bit of one byte changed, and the others as they are. */
function* everyFlip(texts: readonly string[]): Generator<readonly string[]> {
  for (const [n, line] of texts.entries()) {
    for (let at = 0; at < line.length; at += 1) {
      for (const flip of [1, 32]) {
        const bytes = Buffer.from(line);
        bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
        yield texts.with(n, bytes.toString("latin1"));
      }
    }
  }
}

/** True if a reader takes it for what was written. What it throws otherwise is an error that the operator can act on. */
function isRead(texts: readonly string[], seal: ReturnType<LineCodec["seal"]>): boolean {
  try {
    read(texts, seal);
    return true;
  } catch (error) {
    if (!isStoreError(error)) throw error;
    return false;
  }
}
