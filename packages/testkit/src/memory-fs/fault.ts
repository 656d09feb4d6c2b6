import { canFailWith } from "./errno-reach.ts";
import type { FsCall } from "./fs-call.ts";

/** What goes wrong with a call. Only a `write` can be torn or short: half of its bytes, but at least one, are taken. */
export type FaultEffect = "crash" | "torn-write" | "short-write" | { readonly errno: string };

/** Decides what goes wrong with a call; `undefined` if nothing does. Tests may write their own. */
export type Fault = (call: FsCall) => FaultEffect | undefined;

/** Whether a fault hits one call, or that one and all after it. */
export type FaultMode = "once" | "from-then-on";

/** What a call throws when the machine is down. Not a system error, so that no program takes it for one. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/**
 * The machine goes down at the `n`-th changing call (from 1), before it does anything; every later call fails the same way,
 * so that no `finally` acts after death. As `torn-write`, half of the bytes get through if that call is a write.
 */
export function crashAt(n: number, effect: "crash" | "torn-write" = "crash"): Fault {
  return (call) => {
    if (call.mutation !== n) return undefined;
    return call.name === "write" ? effect : "crash";
  };
}

/**
 * The `n`-th call (from 1; reading calls count) fails with `errno`, if it can: ENOSPC passes an `unlink` by.
 * From then on, every later call that can fails as well.
 */
export function failAt(n: number, errno: string, mode: FaultMode = "once"): Fault {
  return (call) => (hits(call, n, mode) && canFailWith(call.name, errno) ? { errno } : undefined);
}

/** The `n`-th call (from 1; reading calls count) takes only half of its bytes, if it is a write. */
export function shortWriteAt(n: number, mode: FaultMode = "once"): Fault {
  return (call) => (hits(call, n, mode) && call.name === "write" ? "short-write" : undefined);
}

function hits({ number }: FsCall, n: number, mode: FaultMode): boolean {
  return mode === "once" ? number === n : number >= n;
}
