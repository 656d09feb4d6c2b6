/** A command to be killed, with what comes before and after it; each on a store of its own. */
export interface KillScenario<Store> {
  /** Makes a fresh store, ready for the command. */
  readonly prepare: () => Promise<Store>;
  /** Runs the command and kills it before call `killAt`. Tells whether it was killed: past its last call it ends by itself. */
  readonly kill: (store: Store, killAt: number) => Promise<boolean>;
  /** Starts again and checks what is there then; throws if anything is lost. */
  readonly recover: (store: Store, killAt: number) => Promise<void>;
}

/** Two processors, two stores at a time. */
const atOnce = 2;

/**
 * Kills the command at its calls that change the disk, until it ends by itself. Returns the number of kills.
 * @param everyNth of these calls; 1 for all of them
 */
export async function killEverywhere<Store>(scenario: KillScenario<Store>, everyNth = 1): Promise<number> {
  let next = 1;
  let kills = 0;
  let ended = false;
  const work = async (): Promise<void> => {
    while (!ended) {
      const killAt = next;
      next += everyNth;
      // oxlint-disable no-await-in-loop -- one store after the other
      const store = await scenario.prepare();
      const killed = await scenario.kill(store, killAt);
      if (killed) kills += 1;
      else ended = true;
      await scenario.recover(store, killAt);
      // oxlint-enable no-await-in-loop
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return kills;
}
