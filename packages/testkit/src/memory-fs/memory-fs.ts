import type { WriteFs } from "@sessionsmith/core";
import { callGate, type GateOptions } from "./call-gate.ts";
import { durableStates, presentState } from "./durable-states.ts";
import type { FsCall } from "./fs-call.ts";
import { startDisk } from "./memory-disk.ts";
import { emptyState, type MemoryFsState, type NewDisk } from "./memory-fs-state.ts";
import { type OtherProcess, otherProcess } from "./other-process.ts";
import { memoryReadCalls } from "./memory-read-calls.ts";
import { memoryWriteCalls } from "./memory-write-calls.ts";

/** A POSIX-like file system in memory that knows what has reached stable storage, and in which things can go wrong. */
export interface MemoryFs extends WriteFs {
  /** Every call of the program so far, the failed ones too. */
  readonly calls: readonly FsCall[];
  /** How many of them were to change the disk. */
  mutations(): number;
  /** The same disk for another process, or for the test itself: not counted, never failing, there after a crash too. */
  otherProcess(): OtherProcess;
  /** What a killed process leaves: all that was done, synced or not. Start again with {@link fromState}. */
  state(): MemoryFsState;
  /**
   * What the disk may hold when the machine goes down now, each state once; the first has nothing that was not synced.
   * Names and contents are combined in all ways up to `most` for each (default 64), beyond that one by one.
   */
  durableStates(most?: number): Iterable<MemoryFsState>;
}

/** A new file system with an empty root directory. */
export function memoryFs(options: NewDisk & GateOptions = {}): MemoryFs {
  return fromState(emptyState(options), options);
}

/** A file system that starts with what a state holds; the state may be used again. */
export function fromState(state: MemoryFsState, options: GateOptions = {}): MemoryFs {
  const disk = startDisk(state);
  const gate = callGate(options);
  // Crash tests make millions of these: what is spread comes last, and there are no getters, because each getter would
  // be a hidden class of its own that holds the whole disk until the next full collection.
  return {
    calls: gate.calls,
    mutations: gate.mutations,
    otherProcess: () => otherProcess(disk),
    state: () => presentState(disk),
    durableStates: (most = 64) => durableStates(disk, most),
    ...memoryReadCalls(disk, gate),
    ...memoryWriteCalls(disk, gate),
  };
}
