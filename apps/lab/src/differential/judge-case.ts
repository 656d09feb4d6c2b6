import { makeTempDir, writeStateSketch } from "@sessionsmith/testkit";
import type { CaseOutcome, CleanupCase } from "./cleanup-case.ts";

/** Lets a program loose on a state directory of its own that is made for a case. */
export async function judgeCase(
  example: CleanupCase,
  ask: (stateDir: string, example: CleanupCase) => Promise<CaseOutcome>,
): Promise<CaseOutcome> {
  const place = makeTempDir();
  try {
    writeStateSketch(example.sketch, place.path);
    return await ask(place.path, example);
  } finally {
    place.dispose();
  }
}
