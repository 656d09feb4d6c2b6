import { expect, test } from "vitest";
import { isMadeIndex, undoIndex } from "../../src/plan/undo-index.ts";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { unreadableIndex } from "../../src/session-index/unreadable-index.ts";

function documentOf(text: string) {
  const scan = scanIndex(Buffer.from(text));
  if (!scan.readable) throw new Error("no index");
  return scan.document;
}

const broken = unreadableIndex(Buffer.from('{"a":'));
const mended = documentOf('{"a": {"x": 1}}');
const index = { path: "/op/index.before", mtimeNs: 7n, before: broken, after: mended };
const indexPath = "/s/sessions.json";

test("an index that could not be read comes back as it was, as long as nobody has written since", () => {
  const { step, keys, conflicts } = undoIndex({ index, present: mended, indexPath });
  expect(step).toMatchObject({
    content: { source: "splice", path: "/op/index.before", size: 5, edits: [] },
    mtimeNs: "7",
  });
  expect({ keys, conflicts }).toEqual({ keys: ["a"], conflicts: [] });
});

test("after another change it has no rows that could go back one by one", () => {
  const present = documentOf('{"a": {"x": 2}}');
  expect(undoIndex({ index, present, indexPath })).toEqual({
    step: undefined,
    keys: [],
    conflicts: [{ kind: "file", path: indexPath, why: "changed-since" }],
  });
});

test("of an index that the operation made, later rows stay and its own leave", () => {
  const made = { ...index, before: undefined };
  expect(isMadeIndex({ index: made, present: mended })).toBe(true);
  const present = documentOf('{"a": {"x": 1}, "b": {}}');
  expect(isMadeIndex({ index: made, present })).toBe(false);
  const { step, keys } = undoIndex({ index: made, present, indexPath });
  expect(keys).toEqual(["a"]);
  expect(step).toMatchObject({ content: { edits: [{ remove: 15 }] } });
});

test("what brought the broken one back can be taken back", () => {
  const back = { ...index, before: mended, after: broken };
  const { step, conflicts } = undoIndex({ index: back, present: broken, indexPath });
  expect(conflicts).toEqual([]);
  expect(step).toMatchObject({ content: { path: "/op/index.before", edits: [] } });
});
