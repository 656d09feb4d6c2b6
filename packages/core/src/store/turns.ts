import type { ReadFs } from "../disk/read-fs.ts";
import type { EngineHost } from "../engine/engine-host.ts";
import { StoreError } from "../store-error.ts";

const pollMs = 25;

/** By file system and sessions directory: settled when all work of this process that was asked for so far is over. */
const lastTurns = new WeakMap<ReadFs, Map<string, Promise<unknown>>>();

/** What to wait for, and how long. */
export interface TurnRequest {
  /** The sessions directory with links resolved. */
  readonly realDir: string;
  readonly timeoutMs: number;
}

/**
 * Works when all work of this process on the same store that was asked for earlier is over: the lock between processes is
 * asked for every 25 ms, which is slow, and serves nobody in order.
 * @throws StoreError E_LOCKED if that takes longer than the timeout
 */
export async function inTurn<T>(host: EngineHost, request: TurnRequest, work: () => Promise<T>): Promise<T> {
  const turns = lastTurns.get(host.fs) ?? new Map<string, Promise<unknown>>();
  lastTurns.set(host.fs, turns);
  const { realDir } = request;
  const earlier = turns.get(realDir);
  const mine = earlier === undefined ? work() : workAfter(earlier, { host, request, work });
  const last = Promise.allSettled([earlier, mine]);
  turns.set(realDir, last);
  const forget = async () => {
    await last;
    if (turns.get(realDir) === last) turns.delete(realDir);
  };
  void forget();
  return mine;
}

interface Waiting<T> {
  readonly host: EngineHost;
  readonly request: TurnRequest;
  readonly work: () => Promise<T>;
}

async function workAfter<T>(earlier: Promise<unknown>, { host, request, work }: Waiting<T>): Promise<T> {
  const deadline = host.clock.now() + request.timeoutMs;
  const isOver = earlier.then(() => true);
  // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
  while (!(await Promise.race([isOver, host.sleep(pollMs).then(() => false)]))) {
    if (host.clock.now() >= deadline) throw busyHere(host, request.realDir);
  }
  return work();
}

function busyHere({ processes }: EngineHost, realDir: string): StoreError {
  return new StoreError(
    "E_LOCKED",
    `${realDir} is locked by other work of this process (${processes.pid}). Nothing was changed.`,
    {
      hint: "Work that holds the lock must use the store that it was given, not open it again.",
      details: { path: realDir, pid: processes.pid },
    },
  );
}
