import type { Host } from "../disk/host.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import { isJsonObject, type JsonObject } from "../json-value.ts";

/** Who holds a lock, said well enough to tell later whether that process still lives. */
export interface LockOwner extends JsonObject {
  /** Random; names this one holding. */
  readonly id: string;
  readonly pid: number;
  /** Clock ticks since boot at which the process started, where the system says. */
  readonly startTicks: number | null;
  readonly bootId: string | null;
  readonly hostName: string;
  /** Epoch ms. */
  readonly since: number;
}

/** Describes this process. */
export function describeOwner(host: Host): LockOwner {
  const { processes } = host;
  return {
    id: host.ids.uuid(),
    pid: processes.pid,
    startTicks: processes.startTicks(processes.pid) ?? null,
    bootId: processes.bootId ?? null,
    hostName: processes.hostName,
    since: host.clock.now(),
  };
}

/** Reads an owner record; `undefined` if there is none or it is not whole, so that nothing is known of the holder. */
export function readOwner(fs: ReadFs, path: string): LockOwner | undefined {
  const text = fs.withFile(path, (file) => {
    const buffer = Buffer.alloc(Math.min(file.fact.size, 4096));
    return buffer.toString("utf8", 0, file.read(buffer, 0));
  });
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isLockOwner(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Tells whether a holder is gone for certain: another boot of this machine, no such process, or a later one with its number. */
export function isProvablyDead(owner: LockOwner, { processes }: Host): boolean {
  if (owner.hostName !== processes.hostName || owner.bootId === null || processes.bootId === undefined)
    return false;
  if (owner.bootId !== processes.bootId) return true;
  const state = processes.state(owner.pid);
  if (state !== "alive") return state === "dead";
  const startTicks = processes.startTicks(owner.pid);
  return owner.startTicks !== null && startTicks !== undefined && startTicks !== owner.startTicks;
}

function isLockOwner(value: unknown): value is LockOwner {
  return (
    isJsonObject(value) &&
    typeof value["id"] === "string" &&
    typeof value["pid"] === "number" &&
    typeof value["hostName"] === "string"
  );
}
