import { expect } from "vitest";
import type { TreeSpec } from "@sessionsmith/testkit";
import { diskWith, planned, type RepairTry, repaired, textOf, undone, visible } from "./repair-disk.ts";

/** Repairs one store, and checks what holds for every repair: a second one finds nothing, and an undo restores every byte. */
export async function mendedStore(files: TreeSpec, request: RepairTry) {
  const fs = diskWith({ main: files });
  const before = visible(fs);
  const repair = await repaired(fs, request);
  const text = textOf(fs);
  const after = visible(fs);
  const again = planned(fs, { ...request, firstId: 500 });
  expect(again.plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  if (repair.outcome.operationId !== undefined) await undone(fs);
  expect(visible(fs)).toEqual(before);
  const [store] = repair.stores;
  return { text, after, before, mends: store?.mends ?? [], unmended: store?.unmended ?? [] };
}
