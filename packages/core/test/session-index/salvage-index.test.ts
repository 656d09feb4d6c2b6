import { describe, expect, test } from "vitest";
import { salvageIndex } from "../../src/session-index/salvage-index.ts";

const rows = {
  "agent:main:main": { sessionId: "one", updatedAt: 1_795_000_000_001, origin: { provider: "telegram" } },
  "agent:main:telegram:direct:7": {
    sessionId: "two",
    updatedAt: 1_795_000_000_002,
    contextBudgetStatus: { sessionId: "two", updatedAt: 5 },
    label: 'half {of} "agent:x": {',
  },
  "agent:main:cron:nightly": { sessionId: "three", updatedAt: 1_795_000_000_003, totalTokens: 1e2 },
};
const pretty = JSON.stringify(rows, undefined, 2);
const minified = JSON.stringify(rows);
const keys = Object.keys(rows);

function saved(bytes: Buffer | string) {
  const { document, damaged, lossy } = salvageIndex(Buffer.from(bytes));
  return {
    keys: document.rows.map(({ key }) => key),
    text: document.bytes.toString("utf8"),
    damaged: damaged.map(({ key }) => key),
    lossy,
  };
}

describe.each([
  ["pretty", pretty],
  ["minified", minified],
])("%s", (_, text) => {
  const middle = text.indexOf('"agent:main:telegram');
  const last = text.indexOf('"agent:main:cron');

  test("behind a byte order mark", () => {
    expect(saved(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(text)]))).toEqual({
      keys,
      text,
      damaged: [],
      lossy: false,
    });
  });

  test("in UTF-16", () => {
    expect(saved(Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, "utf16le")]))).toMatchObject({
      keys,
      text,
    });
  });

  test("without its last byte", () => {
    expect(saved(text.slice(0, -1))).toMatchObject({ keys, text, lossy: true });
  });

  test("cut in a row: what is before it stays, and its whole fields can be had", () => {
    const { keys: found, damaged, lossy } = saved(text.slice(0, last + 60));
    expect(found).toEqual(keys.slice(0, 2));
    expect(damaged).toEqual([keys[2]]);
    expect(lossy).toBe(true);
  });

  test("cut at the front, in the first row", () => {
    expect(saved(text.slice(20)).keys).toEqual(keys.slice(1));
  });

  test("cut out of the middle: what is left of the row does not swallow the next", () => {
    expect(saved(text.slice(0, middle + 60) + text.slice(last)).keys).toEqual([keys[0], keys[2]]);
  });

  test("a row that lost its end at a comma does not swallow the next", () => {
    const cut = text.indexOf('"contextBudgetStatus"');
    expect(saved(text.slice(0, cut) + text.slice(last)).keys).toEqual([keys[0], keys[2]]);
  });

  test("zeros over a row", () => {
    const zeroed = Buffer.from(text).fill(0, middle, last - 1);
    expect(saved(zeroed).keys).toEqual([keys[0], keys[2]]);
  });

  test("an object inside a damaged row is no row", () => {
    const at = text.indexOf('"agent:main:telegram');
    expect(saved(`${text.slice(0, at)}xx${text.slice(at + 2)}`).keys).toEqual([keys[0], keys[2]]);
  });

  test("a letter in the place of a comma, of a colon, of the first brace", () => {
    for (const at of [middle - 1, 0]) {
      const broken = `${text.slice(0, at)}x${text.slice(at + 1)}`;
      expect(saved(broken).keys).toEqual(keys);
    }
  });

  test("a comma too many", () => {
    const end = text.length - (text.endsWith("\n}") ? 2 : 1);
    expect(saved(`${text.slice(0, end)},${text.slice(end)}`)).toMatchObject({ keys, lossy: false });
  });

  test("a longer index under a shorter one", () => {
    const short = '{"agent:main:main": {"sessionId": "new", "updatedAt": 1795000000009}}';
    const over = Buffer.from(text);
    Buffer.from(short).copy(over);
    expect(saved(over).keys).toEqual(["agent:main:main", ...keys.slice(1)]);
  });

  test("bytes that are no UTF-8 are taken for Latin-1 in their row only", () => {
    const broken = Buffer.from(text);
    broken[text.indexOf("half")] = 0xe9;
    const salvage = salvageIndex(broken);
    expect([...salvage.mended]).toEqual([keys[1]]);
    expect(salvage.document.bytes.toString("utf8")).toBe(text.replace("half", "éalf"));
  });

  test("a list of rows that say their keys", () => {
    const list = JSON.stringify(Object.entries(rows).map(([key, row]) => ({ key, ...row })));
    expect(saved(list).keys).toEqual(keys);
    expect(saved(`[${text}]`).keys).toEqual(keys);
  });
});

test.each(["", "   ", "[]", "null", "\0\0\0\0", "{", '{"a', "not json at all", '"text"'])(
  "nothing in %j",
  (text) => {
    expect(saved(text)).toMatchObject({ keys: [], text: "{}", lossy: true });
  },
);

test("rows of every kind stay where JSON says that they are rows", () => {
  const text = '{"a": null, "b": [1], "global": {"x": 1e2}, "agent:main:main": {},}';
  expect(saved(text)).toMatchObject({
    keys: ["a", "b", "global", "agent:main:main"],
    text: '{"a": null, "b": [1], "global": {"x": 1e2}, "agent:main:main": {}}',
  });
});

test("the time grows with the size: nothing is tried again and again", () => {
  const nested = '{"agent:a":'.repeat(200_000);
  expect(saved(nested).keys).toEqual([]);
  expect(saved(`{${'"agent:a":{"sessionId":"x",'.repeat(100_000)}`).keys).toEqual([]);
  expect(saved('"'.repeat(1_000_000)).keys).toEqual([]);
  expect(saved(`{${' "'.repeat(300_000)}:{`).keys).toEqual([]);
  expect(saved(`{"a":${"[".repeat(1_000_000)}`).keys).toEqual([]);
}, 20_000);

test("of a number that is cut, the beginning is no value", () => {
  const { damaged } = salvageIndex(Buffer.from('{"agent:main:main": {"sessionId": "s1", "updatedAt": 17\0'));
  expect(damaged).toEqual([{ key: "agent:main:main", member: '"agent:main:main": {"sessionId": "s1"}' }]);
});
