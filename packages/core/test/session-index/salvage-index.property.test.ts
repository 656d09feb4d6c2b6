import {
  type Arbitrary,
  array,
  assert,
  constantFrom,
  dictionary,
  double,
  integer,
  nat,
  oneof,
  property,
  record,
  string,
  stringMatching,
  tuple,
  uint8Array,
  uuid,
} from "fast-check";
import { expect, test } from "vitest";
import { salvageIndex } from "../../src/session-index/salvage-index.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";

/** What was done to some bytes of a file. */
interface Damage {
  readonly kind: "cut" | "flip" | "insert" | "swap" | "truncate" | "zero";
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const text = oneof(
  string({ maxLength: 12 }),
  constantFrom('"', "}", '{"agent:x":{', "\\", "é", "\n", ',\n  "agent:main:y": {', "\u0000"),
);
const key = oneof(
  tuple(constantFrom("main", "work"), stringMatching(/^[a-z0-9:]{1,12}$/)).map(
    ([a, b]) => `agent:${a}:x${b}`,
  ),
  constantFrom("global", "main", "telegram:group:-5", "+15550001"),
);
const row = record(
  {
    sessionId: uuid(),
    updatedAt: integer({ min: 1e12, max: 2e12 }),
    label: text,
    origin: record({ provider: text, from: text }),
    contextBudgetStatus: record({ sessionId: text, updatedAt: nat() }),
    list: array(record({ "agent:main:inner": nat(), sessionId: text }), { maxLength: 2 }),
    odd: double({ noNaN: true }),
  },
  { requiredKeys: ["sessionId", "updatedAt"] },
);
const layout = constantFrom<(store: object) => string>(
  (store) => JSON.stringify(store, undefined, 2),
  (store) => JSON.stringify(store),
  (store) => JSON.stringify(store, undefined, "\t"),
  (store) => JSON.stringify(store, undefined, 2).replaceAll("\n", "\r\n"),
);
const index = tuple(dictionary(key, row, { minKeys: 1, maxKeys: 5, noNullPrototype: true }), layout).map(
  ([store, print]) => print(store),
);
const damage: Arbitrary<Damage> = record({
  kind: constantFrom("cut", "flip", "insert", "swap", "truncate", "zero"),
  at: nat(2000),
  length: integer({ min: 1, max: 60 }),
  bytes: oneof(
    uint8Array({ minLength: 1, maxLength: 20 }),
    text.filter((one) => one !== "").map((one) => Buffer.from(one)),
  ),
});

/** The damaged bytes, and the range of the original that is no longer as it was. */
function damaged(bytes: Buffer, { kind, at: wanted, length, bytes: other }: Damage) {
  const at = wanted % bytes.length;
  const end = Math.min(bytes.length, at + length);
  const [before, hit, after] = [
    bytes.subarray(0, at),
    Buffer.from(bytes.subarray(at, end)),
    bytes.subarray(end),
  ];
  switch (kind) {
    case "cut":
      return { bytes: Buffer.concat([before, after]), from: at, to: end };
    case "truncate":
      return { bytes: before, from: at, to: bytes.length };
    case "zero":
      return { bytes: Buffer.concat([before, hit.fill(0), after]), from: at, to: end };
    case "swap":
      return { bytes: Buffer.concat([before, Buffer.from(other), after]), from: at, to: end };
    case "insert":
      return { bytes: Buffer.concat([before, Buffer.from(other), bytes.subarray(at)]), from: at, to: at };
    case "flip": {
      const flipped = Buffer.from(bytes);
      flipped[at] = (bytes[at] ?? 0) ^ (1 << (length % 8));
      return { bytes: flipped, from: at, to: at + 1 };
    }
  }
}

test("whatever happens to some bytes of an index, every row that they are not part of is saved byte for byte", () => {
  assert(
    property(index, damage, (intact, hit) => {
      const original = Buffer.from(intact);
      const scan = scanIndex(original);
      if (!scan.readable) throw new Error("a healthy index");
      const broken = damaged(original, hit);
      if (scanIndex(broken.bytes).readable) return;
      const { document } = salvageIndex(broken.bytes);
      const saved = new Set(
        document.rows.map(({ keyRange, valueRange }) =>
          document.bytes.toString("latin1", keyRange.start, valueRange.end),
        ),
      );
      // A byte at the very edge belongs to what stands between two rows.
      const whole = scan.document.rows.filter(
        ({ keyRange, valueRange }) => valueRange.end <= broken.from || keyRange.start >= broken.to,
      );
      const missing = whole
        .map(({ keyRange, valueRange }) => original.toString("latin1", keyRange.start, valueRange.end))
        .filter((member) => !saved.has(member));
      expect(missing).toEqual([]);
    }),
    { numRuns: 4000 },
  );
}, 60_000);

test("any bytes make a readable index, and saving from it again changes nothing", () => {
  const bytes = oneof(
    uint8Array({ maxLength: 300 }),
    array(
      constantFrom('"agent:a":', "{", "}", ",", '"', "\n  ", "sessionId", '"x":1', "[", "]", "\u0000", ":"),
      { maxLength: 60 },
    ).map((parts) => Buffer.from(parts.join(""))),
  );
  assert(
    property(bytes, (given) => {
      const { document } = salvageIndex(Buffer.from(given));
      const again = salvageIndex(document.bytes);
      expect(again.document.bytes.equals(document.bytes)).toBe(true);
    }),
    { numRuns: 2000 },
  );
}, 60_000);
