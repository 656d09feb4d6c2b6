import { seededRandom } from "../random.ts";
import { askOurs } from "./ask-ours.ts";
import { askPeer } from "./ask-peer.ts";
import type { CaseOutcome, CleanupCase } from "./cleanup-case.ts";
import { compareOutcomes } from "./compare-outcomes.ts";
import { drawCase } from "./draw-case.ts";
import { factorDrawer } from "./factors.ts";
import { judgeCase } from "./judge-case.ts";
import { explainDifferences } from "./known-differences.ts";
import type { ExplainedDifference } from "./known-differences.ts";
import type { Peer } from "./start-peer.ts";

/** What came of one (store, flags) pair. */
export interface PairResult {
  readonly example: CleanupCase;
  readonly theirs: CaseOutcome;
  /** Rows on which the two decide otherwise; empty if they agree. */
  readonly differences: readonly ExplainedDifference[];
}

/** What came of all pairs. */
export interface PairsResult {
  readonly pairs: readonly PairResult[];
  /** Pairs of values of two factors that came up, and how many there are. */
  readonly coverage: { readonly seen: number; readonly all: number };
}

/** Draws (store, flags) pairs and lets both programs decide on each. The same seed draws the same pairs. */
export async function runPairs(
  peer: Peer,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<PairsResult> {
  const random = seededRandom(seed);
  const drawer = factorDrawer(random);
  const pairs: PairResult[] = [];
  for (let n = 1; n <= count; n += 1) {
    const example = drawCase(random, `pair-${n}`, drawer.next());
    // oxlint-disable-next-line no-await-in-loop -- the peer answers one question at a time
    const [ours, theirs] = await Promise.all([
      judgeCase(example, askOurs),
      judgeCase(example, (stateDir) => askPeer(peer, stateDir, example)),
    ]);
    const differences = explainDifferences(compareOutcomes(ours, theirs), example);
    pairs.push({ example, theirs, differences });
  }
  return { pairs, coverage: drawer.coverage() };
}
