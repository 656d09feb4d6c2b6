import { errnoOf } from "../errno.ts";

/** How often, and how long, a system is asked again for a file that another program has open. */
export interface BusyRules {
  /** Milliseconds before each further try; none where such a file is no hindrance. */
  readonly waitsMs: readonly number[];
  readonly wait: (ms: number) => void;
}

/** Windows lets nobody rename or delete a file that a virus scanner or an indexer just looks into; it takes milliseconds. */
export const systemBusyRules: BusyRules = {
  waitsMs: process.platform === "win32" ? [5, 10, 20, 40, 80, 160, 320] : [],
  wait: (ms) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  },
};

/** Errors by which Windows says that a file is open elsewhere. */
const busyErrnos: ReadonlySet<string | undefined> = new Set(["EBUSY", "EPERM"]);

/** Does something to a file, again and again while another program has it open. Throws the last error, and every other one at once. */
export function whileBusy(act: () => void, { waitsMs, wait }: BusyRules = systemBusyRules): void {
  for (const ms of waitsMs) {
    try {
      return act();
    } catch (error) {
      if (!busyErrnos.has(errnoOf(error))) throw error;
      wait(ms);
    }
  }
  return act();
}
