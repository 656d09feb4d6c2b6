import { describe, expect, test } from "vitest";
import { undoIndex } from "../../src/plan/undo-index.ts";
import { spliceIndex } from "../../src/session-index/splice-index.ts";
import { documentOf } from "../session-index/index-document-of.ts";

const indexPath = "/s/sessions.json";
const rows = { a: { n: 1 }, b: { n: 2 }, c: { n: 3 } };
const textOf = (index: object) => JSON.stringify(index, null, 2);

/** Takes back the change from `before` to `after` on an index that is `present` now. */
function undo(before: string, after: string, present: string) {
  const document = documentOf(present);
  const { step, keys, conflicts } = undoIndex({
    indexPath,
    present: document,
    index: {
      path: "/s/kept",
      mtimeNs: 7n,
      before: documentOf(before),
      after: documentOf(after),
    },
  });
  if (step?.content.source !== "splice") return { step, keys, conflicts, text: present };
  const source = step.content.path === indexPath ? document : documentOf(before);
  expect(step.content.sha256).toBe(source.sha256);
  const bytes = Buffer.concat(spliceIndex(source.bytes, step.content.edits));
  return { step, keys, conflicts, text: bytes.toString("utf8") };
}

test("an operation that did not write the index needs no way back", () => {
  const input = { indexPath, present: documentOf("{}"), index: undefined };
  expect(undoIndex(input)).toEqual({ step: undefined, keys: [], conflicts: [] });
});

test("an index that nobody has written since becomes what it was, byte for byte and with its time", () => {
  const before = `{ "b":{"n":2.0},\r\n"a":{} }\n`;
  const back = undo(before, "{}", "{}");
  expect(back.text).toBe(before);
  expect(back.keys).toEqual(["b", "a"]);
  expect(back.step).toMatchObject({ path: indexPath, mtimeNs: "7", content: { path: "/s/kept", edits: [] } });
});

/** An index to which somebody has added a row. */
const present = (index: object) => textOf({ ...index, z: { n: 26 } });

describe("on an index that somebody has written since", () => {
  test("a row that was removed comes back at the end", () => {
    const { a, b, c } = rows;
    const back = undo(textOf({ a, b, c }), textOf({ a, c }), present({ a, c }));
    expect(back).toMatchObject({ keys: ["b"], conflicts: [], text: textOf({ a, c, z: { n: 26 }, b }) });
    expect(back.step).not.toHaveProperty("mtimeNs");
  });

  test("a row that was changed gets its bytes back, one that was added leaves", () => {
    const { a, b, c } = rows;
    const changed = { a, b: { n: 5, m: 1 }, c };
    expect(undo(textOf({ a, b }), textOf(changed), present(changed))).toMatchObject({
      keys: ["b", "c"],
      conflicts: [],
      text: present({ a, b }),
    });
  });

  test.each<[string, object, object, object, object]>([
    ["was changed again", rows, { ...rows, b: { n: 5 } }, { ...rows, b: { n: 6 } }, { why: "changed-since" }],
    [
      "was changed, and removed",
      rows,
      { ...rows, b: { n: 5 } },
      { a: rows.a, c: rows.c },
      { why: "changed-since" },
    ],
    [
      "was added, and changed",
      { a: 1 },
      { a: 1, b: { n: 2 } },
      { a: 1, b: { n: 5 } },
      { why: "changed-since" },
    ],
    ["was removed, and begun anew", { a: 1, b: { n: 2 } }, { a: 1 }, { a: 1, b: { n: 5 } }, { why: "taken" }],
  ])("a row that %s stays as it is", (_name, before, after, now, conflict) => {
    const back = undo(textOf(before), textOf(after), present(now));
    expect(back).toMatchObject({
      step: undefined,
      keys: [],
      conflicts: [{ kind: "row", key: "b", ...conflict }],
      text: present(now),
    });
  });

  test("a row that is as it was before has nothing to go back to", () => {
    const { a, b } = rows;
    expect(undo(textOf({ a, b }), textOf({ a }), present({ a, b }))).toMatchObject({
      step: undefined,
      keys: [],
      conflicts: [],
    });
  });

  test("of several rows only those without a conflict go back", () => {
    const { a, b, c } = rows;
    const back = undo(textOf({ a, b, c }), textOf({ a }), present({ a, b: { n: 9 } }));
    expect(back).toMatchObject({
      keys: ["c"],
      conflicts: [{ kind: "row", key: "b", why: "taken" }],
      text: textOf({ a, b: { n: 9 }, z: { n: 26 }, c }),
    });
  });
});
