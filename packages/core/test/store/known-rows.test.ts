import { expect, test } from "vitest";
import { scanIndex } from "../../src/session-index/scan-index.ts";
import { knownRows } from "../../src/store/known-rows.ts";
import { indexSessions } from "../../src/store/index-sessions.ts";

const scan = scanIndex(Buffer.from('{"a":{"sessionId":"1"},"b":{"sessionId":"2"},"c":7}'));
if (!scan.readable) throw new Error("not readable");
const { document } = scan;
const load = () => indexSessions(document, { indexPath: "/s/sessions.json", era: "json" });

test("the rows of an index are looked up once, however often it is loaded", () => {
  const rows = knownRows(document);
  load();
  expect(knownRows(document)).toBe(rows);
  expect([...rows.understood.keys(), rows.notUnderstood]).toEqual(["a", "b", ["c"]]);
});

test("what is done to one load is not seen by the next, and its keys stay in their order", () => {
  const first = load();
  first.set("d", {});
  first.delete("a");
  first.set("a", { sessionId: "3" });
  expect([[...first.keys()], first.size]).toEqual([["b", "d", "a"], 3]);
  expect([[...load().keys()], load().get("a")]).toEqual([["a", "b"], { sessionId: "1" }]);
});
