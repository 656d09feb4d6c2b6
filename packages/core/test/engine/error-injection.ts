import {
  failAt,
  type Fault,
  type FaultMode,
  fromState,
  type MemoryFs,
  shortWriteAt,
} from "@sessionsmith/testkit";
import { isStoreError, type StoreError } from "../../src/store-error.ts";
import type { Scenario } from "./crash-matrix.ts";

/** Every errno that an operation must survive; a short write is one more fault. */
export const errnos = [
  "ENOSPC",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EACCES",
  "EPERM",
  "EROFS",
  "EXDEV",
  "EBUSY",
] as const;

/** A fault of one call, and in words. */
export interface InjectedFault {
  readonly name: string;
  readonly errno: string | undefined;
  readonly fault: Fault;
}

/** How a run with a fault ended. */
export interface Injection {
  readonly injected: InjectedFault;
  /** The disk right after. */
  readonly fs: MemoryFs;
  readonly error: unknown;
}

/** The number of calls, reading ones too, that `run` makes if nothing goes wrong. */
export async function countCalls({ start, run }: Pick<Scenario, "start" | "run">): Promise<number> {
  const fs = fromState(start);
  await run(fs);
  return fs.calls.length;
}

/** Every fault at one call. */
export function faultsAt(n: number): readonly InjectedFault[] {
  const modes: readonly FaultMode[] = ["once", "from-then-on"];
  return modes.flatMap((mode) => [
    ...errnos.map((errno) => ({ name: `${errno} at ${n}, ${mode}`, errno, fault: failAt(n, errno, mode) })),
    { name: `short write at ${n}, ${mode}`, errno: undefined, fault: shortWriteAt(n, mode) },
  ]);
}

/** Runs with every fault at every call, one after the other, and has each outcome judged. Returns how many there were. */
export async function injectEverywhere(
  scenario: Pick<Scenario, "start" | "run">,
  judge: (injection: Injection) => Promise<void>,
): Promise<number> {
  const calls = await countCalls(scenario);
  let count = 0;
  for (let n = 1; n <= calls; n += 1) {
    for (const injected of faultsAt(n)) {
      count += 1;
      // oxlint-disable-next-line no-await-in-loop -- one fault after the other
      await injectOne(scenario, injected, judge);
    }
  }
  return count;
}

async function injectOne(
  { start, run }: Pick<Scenario, "start" | "run">,
  injected: InjectedFault,
  judge: (injection: Injection) => Promise<void>,
): Promise<void> {
  const fs = fromState(start, { fault: injected.fault });
  const error: unknown = await run(fs).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  try {
    await judge({ injected, fs, error });
  } catch (trouble) {
    const what = trouble instanceof Error ? trouble.message : String(trouble);
    const said = error instanceof Error ? error.message : "no error";
    throw new Error(`${injected.name} (${said}): ${what}`, { cause: trouble });
  }
}

/** The error of an injection as what an operator sees: of the right class, with path and errno. */
export function storeErrorOf({ error, injected }: Injection): StoreError {
  if (!isStoreError(error)) throw new Error(`not a StoreError: ${String(error)}`);
  if (error.code !== "E_IO") throw new Error(`${error.code} instead of E_IO`);
  const { path, errno } = error.details;
  if (errno !== injected.errno) throw new Error(`the errno is ${JSON.stringify(errno)}`);
  if (typeof path !== "string" || !path.startsWith("/")) throw new Error("there is no path");
  if (!error.message.includes(path) || !error.message.includes(errno ?? "no errno"))
    throw new Error("the message does not name path and errno");
  return error;
}
