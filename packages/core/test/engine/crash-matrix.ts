import {
  type Fault,
  fromState,
  type MemoryFs,
  type MemoryFsState,
  unlessSweeping,
} from "@sessionsmith/testkit";

/** One thing to be done to a disk, to be stopped everywhere. */
export interface Scenario {
  readonly name: string;
  /** The disk before. */
  readonly start: MemoryFsState;
  /** What is done; it must end in the same state each time. */
  readonly run: (fs: MemoryFs) => Promise<unknown>;
  /** What somebody else does to the disk between the crash and the recovery. */
  readonly meanwhile?: (fs: MemoryFs) => void;
  /** What the disk can't do at all. */
  readonly fault?: Fault | undefined;
  /** What the next start does after a crash. */
  readonly recover: (fs: MemoryFs) => Promise<unknown>;
  /** Throws if what a crash left breaks a promise even before the recovery. */
  readonly checkCrashed?: (crashed: MemoryFs) => void;
  /** Throws if what a recovery left of what the first crash left breaks a promise. */
  readonly check: (recovered: MemoryFs, crashed: MemoryFsState) => void;
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
 * and stops the recovery the same way for every `everyNth` of these states; in the default run for a quarter as many.
 * @throws the first broken promise, with the story of the crash
 */
export async function runCrashMatrix(scenario: Scenario, everyNth = 1): Promise<MatrixCount> {
  let points = 0;
  let insideRecovery = 0;
  const step = Math.max(everyNth, unlessSweeping(4));
  for (const state of await crashStates(scenario.start, scenario.run, scenario.fault)) {
    points += 1;
    const crashed = changedMeanwhile(state, scenario.meanwhile);
    scenario.checkCrashed?.(fromState(crashed));
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    await recoverAndCheck(scenario, [crashed]);
    if (points % step !== 0) continue;
    // oxlint-disable-next-line no-await-in-loop -- one crash after the other
    for (const again of await crashStates(crashed, scenario.recover, scenario.fault)) {
      insideRecovery += 1;
      // oxlint-disable-next-line no-await-in-loop -- one crash after the other
      await recoverAndCheck(scenario, [crashed, again]);
    }
  }
  return { points: points + insideRecovery, insideRecovery };
}

/** Every state in which the disk may be if the machine goes down while `run` works. */
export async function crashStates(
  start: MemoryFsState,
  run: (fs: MemoryFs) => Promise<unknown>,
  fault?: Fault,
): Promise<readonly MemoryFsState[]> {
  const states: MemoryFsState[] = [];
  const fs: MemoryFs = fromState(start, {
    fault,
    onCall: ({ mutation }) => {
      if (mutation !== undefined) states.push(...fs.durableStates());
    },
  });
  await run(fs);
  states.push(...fs.durableStates());
  return states;
}

function changedMeanwhile(state: MemoryFsState, change: Scenario["meanwhile"]): MemoryFsState {
  if (change === undefined) return state;
  const fs = fromState(state);
  change(fs);
  return { ...fs.state(), story: state.story };
}

/** A second start finds nothing more to do. */
async function requireNothingLeft(fs: MemoryFs, recover: Scenario["recover"]): Promise<void> {
  const changes = fs.mutations();
  await recover(fs);
  if (fs.mutations() !== changes) throw new Error("a second recovery found something to do");
}

/** Recovers from the last of the crashes. */
async function recoverAndCheck(
  { name, fault, recover, check }: Scenario,
  crashes: readonly [first: MemoryFsState, again?: MemoryFsState],
): Promise<void> {
  const [first, last = first] = crashes;
  const fs = fromState(last, { fault });
  try {
    await recover(fs);
    check(fs, first);
    if (crashes.length === 1) await requireNothingLeft(fs, recover);
  } catch (error) {
    const story = crashes.map((crash) => crash?.story).join("; then in the recovery ");
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${name}, after a crash ${story}: ${cause}`, { cause: error });
  }
}
