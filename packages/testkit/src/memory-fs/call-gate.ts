import { Crash, type Fault } from "./fault.ts";
import { callKinds, type CallName, type FsCall } from "./fs-call.ts";
import { systemError, type SystemError } from "./system-error.ts";

/** Everything passes here before it touches the disk. */
export interface CallGate {
  /** All calls so far, the failed ones too. */
  readonly calls: readonly FsCall[];
  /** How many of them were to change the disk. */
  readonly mutations: () => number;
  /** Counts a call, and lets it through or throws. A write is told if only a part of it gets through. */
  readonly enter: (name: CallName, path: string, to?: string) => Passage;
  /** Stops the machine: returns what this call, and every later one, throws. */
  readonly stop: () => Crash;
}

/** How a call got through. */
export type Passage = "whole" | "torn-write" | "short-write";

/** What watches the calls. */
export interface GateOptions {
  readonly fault?: Fault | undefined;
  /** Told of every call before it takes effect. */
  readonly onCall?: ((call: FsCall) => void) | undefined;
}

/** A gate that counts and logs, and lets things go wrong as told. */
export function callGate({ fault, onCall }: GateOptions): CallGate {
  const calls: FsCall[] = [];
  let mutations = 0;
  let crash: Crash | undefined;
  const stop = () => (crash ??= new Crash(`the machine went down at call ${calls.length}`));
  const enter = (name: CallName, path: string, to?: string): Passage => {
    if (crash !== undefined) throw crash;
    const mutation = callKinds[name].mutates ? (mutations += 1) : undefined;
    const call: FsCall = { name, path, to, number: calls.length + 1, mutation };
    calls.push(call);
    onCall?.(call);
    const effect = fault?.(call);
    if (effect === undefined) return "whole";
    if (effect === "crash") throw stop();
    if (typeof effect === "object") throw callError(effect.errno, name, [path, to]);
    return effect;
  };
  return { calls, mutations: () => mutations, enter, stop };
}

/** A gate for another process on the same disk: nothing is counted, nothing goes wrong. */
export const openGate: CallGate = {
  calls: [],
  mutations: () => 0,
  enter: () => "whole",
  stop: () => new Crash("another process does not crash"),
};

/** The error of a failed call; of one on a descriptor it has no path, as in Node. */
export function callError(
  errno: string,
  name: CallName,
  [path, dest]: readonly [path: string, dest?: string | undefined],
): SystemError {
  const { syscall, takesPath } = callKinds[name];
  return systemError(errno, takesPath ? { syscall, path, dest } : { syscall });
}
