import { array, assert, constant, integer, nat, oneof, property } from "fast-check";
import { expect, test } from "vitest";
import { selectSessions } from "../src/select-sessions.ts";
import { everything, now, storesOnDisk } from "./stores-on-disk.ts";

const ages = array(array(oneof(integer({ min: 0, max: 5 }), constant(undefined)), { maxLength: 30 }), {
  minLength: 1,
  maxLength: 3,
});

test("a page is a slice of the stable sort of all rows", () => {
  assert(
    property(ages, nat(12), nat(12), (stores, limit, offset) => {
      const { host, targets, settings } = storesOnDisk(
        Object.fromEntries(stores.map((rows, s) => [`a${s}`, { "sessions.json": indexText(rows, s) }])),
      );
      const all = stores.flatMap((rows, s) => rows.map((age, n) => ({ key: `s${s}-${n}`, age })));
      const sorted = all.toSorted((a, b) => (a.age ?? 99) - (b.age ?? 99)).map(({ key }) => key);
      const page = selectSessions(host, { targets, settings }, { ...everything, limit, offset });
      expect(page.sessions.map(({ key }) => key)).toStrictEqual(sorted.slice(offset, offset + limit));
      expect(page.totalCount).toBe(all.length);
    }),
    { numRuns: 60 },
  );
});

function indexText(rows: readonly (number | undefined)[], store: number): string {
  const members = rows.map((age, n) => [`s${store}-${n}`, age === undefined ? {} : { updatedAt: now - age }]);
  return JSON.stringify(Object.fromEntries(members));
}
