import { array, assert, asyncProperty, constantFrom, dictionary, option, record } from "fast-check";
import { expect, test } from "vitest";
import { applyChange } from "../../src/change/apply-change.ts";
import { scanForChange } from "../../src/change/scan-for-change.ts";
import type { RowTurn } from "../../src/change/sessions-change.ts";
import { diskWith, now, rowsOf, scopeOn, transcript, undone, visible } from "./changed-store.ts";

const ids = ["s1", "s2", "s3"] as const;
const keys = ["agent:main:a", "agent:main:b", "agent:main:c", "agent:main:d", "agent:main:e"] as const;

/** Rows that may share sessions, and an order to some of them. */
const orders = record({
  rows: dictionary(
    constantFrom(...keys),
    record({ sessionId: constantFrom(...ids), x: constantFrom(1, "y") }),
    { minKeys: 1 },
  ),
  transcripts: array(constantFrom(...ids)),
  turns: dictionary(
    constantFrom(...keys),
    record({
      action: constantFrom("change", "delete"),
      transcriptsTo: option(constantFrom("archive-deleted", "archive-reset", "trash"), { nil: undefined }),
    }),
  ),
});

test("whatever is ordered, rows that stay keep their bytes and their transcripts, and undo brings back all", async () => {
  await assert(
    asyncProperty(orders, async ({ rows, transcripts, turns }) => {
      const files = Object.fromEntries(transcripts.map((id) => [`${id}.jsonl`, transcript(id)]));
      const fs = diskWith({ rows, files });
      const before = visible(fs);
      const ordered = Object.entries(turns).filter(([key]) => Object.hasOwn(rows, key));
      const turnOf = ([key, { action, transcriptsTo }]: (typeof ordered)[number]): [string, RowTurn] => {
        const fields = action === "change" ? { x: 2 } : {};
        return [
          key,
          {
            action,
            reason: "asked-for",
            fields,
            ends: true,
            ...(transcriptsTo === undefined ? {} : { transcriptsTo }),
          },
        ];
      };
      const scope = scopeOn(fs);
      const settle = () => ({
        snapshot: scanForChange(scope, now),
        change: { command: "test", policy: {}, now, turns: new Map(ordered.map(turnOf)) },
        about: undefined,
      });
      const { operationId } = await applyChange(scope, settle);
      const after = visible(fs);
      const left = Object.entries(rows).filter(([key]) => turns[key]?.action !== "delete");
      expect(rowsOf(fs)).toEqual(
        Object.fromEntries(
          left.map(([key, row]) => [key, turns[key] === undefined ? row : { ...row, x: 2 }]),
        ),
      );
      const needed = left
        .filter(([key]) => turns[key]?.transcriptsTo === undefined)
        .map(([, { sessionId }]) => `${sessionId}.jsonl`);
      for (const name of needed) expect(after[name]).toBe(before[name]);
      if (operationId === undefined) return;
      await undone(fs, operationId);
      expect(visible(fs)).toEqual(before);
    }),
    { numRuns: 60 },
  );
});
