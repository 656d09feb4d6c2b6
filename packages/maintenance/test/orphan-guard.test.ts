import type { FileFact } from "@sessionsmith/core";
import { expect, test } from "vitest";
import { needsOrphanConfirmation } from "../src/orphan-guard.ts";
import { aFileView, cluesWith, plainSession } from "./file-view-builder.ts";
import { hourMs, now } from "./snapshot-builder.ts";

function names(prefix: string, count = 0): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}${n}`);
}

function isHeldBack(
  counts: { referenced: number; unexplained: number; explained?: number; foreign?: number },
  fact: Partial<FileFact> = {},
): boolean {
  const referenced = names("r", counts.referenced);
  const explained = names("e", counts.explained);
  const foreign = names("f", counts.foreign);
  const stems = [...referenced, ...names("u", counts.unexplained), ...explained, ...foreign];
  const view = aFileView(
    {
      rows: Object.fromEntries(
        referenced.map((sessionId) => [`agent:main:direct:${sessionId}`, { sessionId }]),
      ),
      files: Object.fromEntries(stems.map((stem) => [`${stem}.jsonl`, fact])),
    },
    {
      orphans: Object.fromEntries([
        ...explained.map((stem) => [`${stem}.jsonl`, cluesWith({ beganAs: "cron-run" })] as const),
        ...foreign.map(
          (stem) => [`${stem}.jsonl`, { ...plainSession, origin: { state: "no-header" } } as const] as const,
        ),
      ]),
    },
  );
  return needsOrphanConfirmation(view);
}

test("20 unexplained transcripts are free, whatever part of all they are", () => {
  expect(isHeldBack({ referenced: 0, unexplained: 20 })).toBe(false);
  expect(isHeldBack({ referenced: 0, unexplained: 21 })).toBe(true);
});

test("above that, half of all is free", () => {
  expect(isHeldBack({ referenced: 30, unexplained: 30 })).toBe(false);
  expect(isHeldBack({ referenced: 29, unexplained: 30 })).toBe(true);
});

test("explained ones count among all, not among the unexplained; files of others don't count", () => {
  expect(isHeldBack({ referenced: 0, unexplained: 30, explained: 30 })).toBe(false);
  expect(isHeldBack({ referenced: 0, unexplained: 30, foreign: 30 })).toBe(true);
});

test("transcripts within the minimum age don't count", () => {
  expect(isHeldBack({ referenced: 0, unexplained: 40 }, { mtimeNs: BigInt(now - hourMs) * 1_000_000n })).toBe(
    false,
  );
});
