import { array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { expect, test } from "vitest";
import { isStoreError } from "../../src/store-error.ts";
import { loadSessionStore, openSessionStore, saveSessionStore } from "../../src/store.ts";
import { indexOf, indexPath, memoryStore } from "./memory-store.ts";

const keys = ["agent:main:main", "agent:main:direct:1", "__proto__", "k"] as const;
const change = record({
  key: constantFrom(...keys),
  act: constantFrom("set", "field", "unset", "remove", "look"),
  value: integer({ min: 0, max: 3 }),
});
const step = record({
  kind: constantFrom("update", "load", "save", "save", "save", "foreign", "wait"),
  changes: array(change, { maxLength: 3 }),
});

type Change = Readonly<{ key: string; act: string; value: number }>;
type Row = Record<string, number>;
type Model = Map<string, Row>;

/** What both a map of rows and loaded sessions can do. */
interface Rows {
  get(key: string): { [field: string]: unknown } | undefined;
  set(key: string, row: Row): unknown;
  delete(key: string): unknown;
}

function apply(rows: Rows, changes: readonly Change[]): void {
  for (const { key, act, value } of changes) {
    const row = rows.get(key);
    if (act === "set") rows.set(key, { value });
    if (act === "remove") rows.delete(key);
    if (act === "field" && row !== undefined) row["field"] = value;
    if (act === "unset" && row !== undefined) delete row["field"];
  }
}

const copyOf = (model: Model): Model => new Map([...model].map(([key, row]) => [key, { ...row }]));

/** Text of rows, whatever the order of rows and fields. */
const textOf = (rows: Iterable<[string, object]>): string => {
  const lines = [...rows].map(
    ([key, row]) => `${key} ${Object.entries(row).map(String).toSorted().join(" ")}`,
  );
  return lines.toSorted().join("; ");
};
const rowText = (row: object | undefined): string | undefined => row && textOf([["", row]]);

const first: Model = new Map([
  ["agent:main:main", { value: 1 }],
  ["k", { value: 1, field: 2 }],
]);

test("a store does what a map would do, and never overwrites what somebody else wrote", async () => {
  await assert(
    asyncProperty(array(step, { maxLength: 12 }), async (steps) => {
      const { fs, host, clock, put } = memoryStore({ "sessions.json": indexOf(Object.fromEntries(first)) });
      const store = await openSessionStore(indexPath, { host });
      const model = copyOf(first);
      let loaded = await loadSessionStore(indexPath, { host });
      let [mine, base] = [copyOf(first), copyOf(first)];
      for (const { kind, changes } of steps) {
        if (kind === "update") {
          apply(model, changes);
          // oxlint-disable-next-line no-await-in-loop -- one step after the other
          await store.update((sessions) => apply(sessions, changes));
        } else if (kind === "foreign") {
          apply(model, changes);
          put({ "sessions.json": indexOf(Object.fromEntries([...model].map(([key, row]) => [key, row]))) });
        } else if (kind === "load") {
          // oxlint-disable-next-line no-await-in-loop
          loaded = await loadSessionStore(indexPath, { host });
          [mine, base] = [copyOf(model), copyOf(model)];
        } else if (kind === "wait") clock.nowMs += 30_000;
        else {
          apply(mine, changes);
          apply(loaded, changes);
          const isMine = (key: string) => rowText(mine.get(key)) !== rowText(base.get(key));
          const changed = keys.filter(isMine);
          const clashes = changed.filter((key) => rowText(model.get(key)) !== rowText(base.get(key)));
          // oxlint-disable-next-line no-await-in-loop
          const outcome = await saveSessionStore(indexPath, loaded, { host }).catch(
            (error: unknown) => error,
          );
          const expected = clashes.length > 0 ? "E_STALE_PLAN" : undefined;
          if ((isStoreError(outcome) ? outcome.code : outcome) !== expected)
            throw outcome ?? new Error("saved");
          if (expected === undefined) {
            for (const key of changed) {
              const row = mine.get(key);
              if (row === undefined) {
                model.delete(key);
                base.delete(key);
              } else {
                model.set(key, { ...row });
                base.set(key, { ...row });
              }
            }
          }
        }
        // oxlint-disable-next-line no-await-in-loop
        expect(textOf(await store.load())).toBe(textOf(model));
      }
      expect(fs.readdir("/home/user/.openclaw/agents/main/sessions")).toEqual(["sessions.json"]);
    }),
    { numRuns: 400 },
  );
});
