import { fromState, type MemoryFs, type MemoryFsState } from "@sessionsmith/testkit";

/** One thing to be done to a disk, to be stopped everywhere. */
export interface Scenario {
  readonly name: string;
  /** The disk before. */
  readonly start: MemoryFsState;
  /** What is done; it must end in the same state each time. */
  readonly run: (fs: MemoryFs) => Promise<unknown>;
  /** What the next start does after a crash. */
  readonly recover: (fs: MemoryFs) => Promise<unknown>;
  /** Throws if what a recovery left breaks a promise. */
  readonly check: (recovered: MemoryFs) => void;
}

/** How many crashes were tried. */
export interface MatrixCount {
  /** (operation, call, durable state) */
  readonly points: number;
  /** Of these, crashes inside the recovery from an earlier one. */
  readonly insideRecovery: number;
}

/**
 * Stops a scenario before each of its changing calls, in every state that the disk may then be in, recovers and checks;
 * and stops the recovery the same way, for every `everyNth` of these states.
 * @throws the first broken promise, with the story of the crash
 */
export async function runCrashMatrix(scenario: Scenario, everyNth: number): Promise<MatrixCount> {
  let points = 0;
  let insideRecovery = 0;
  for (const crashed of await crashStates(scenario.start, scenario.run)) {
    points += 1;
    await recoverAndCheck(scenario, crashed, [crashed.story]);
    if (points % everyNth !== 0) continue;
    for (const again of await crashStates(crashed, scenario.recover)) {
      insideRecovery += 1;
      await recoverAndCheck(scenario, again, [crashed.story, again.story]);
    }
  }
  return { points: points + insideRecovery, insideRecovery };
}

/** Every state in which the disk may be if the machine goes down while `run` works. */
async function crashStates(
  start: MemoryFsState,
  run: (fs: MemoryFs) => Promise<unknown>,
): Promise<readonly MemoryFsState[]> {
  const states: MemoryFsState[] = [];
  const fs: MemoryFs = fromState(start, {
    onCall: (call) => {
      if (call.mutation !== undefined) states.push(...fs.durableStates());
    },
  });
  await run(fs);
  states.push(...fs.durableStates());
  return states;
}

async function recoverAndCheck(
  { name, recover, check }: Scenario,
  state: MemoryFsState,
  stories: readonly string[],
): Promise<void> {
  const fs = fromState(state);
  try {
    await recover(fs);
    check(fs);
  } catch (error) {
    throw new Error(`${name}, after ${stories.join(", then in the recovery ")}`, { cause: error });
  }
}
