import type { StoreSurvey } from "@sessionsmith/core";
import { aSnapshot, type StoreSketch } from "../snapshot-builder.ts";

/** Draws the survey of a store whose index can be read. */
export function aSurvey(sketch: StoreSketch = {}): StoreSurvey {
  const snapshot = aSnapshot(sketch);
  const { target, realDir, files, heldLocks, findings } = snapshot;
  return { target, realDir, era: { era: "json", why: "" }, snapshot, files, heldLocks, findings };
}
