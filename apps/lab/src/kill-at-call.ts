// Loaded into a process by `node --import`: kills it, as a power switch would, before call number LAB_KILL_AT of those that
// change the disk. A write counts twice: before it, and after half of its bytes.
import { createRequire, syncBuiltinESMExports } from "node:module";

/** Any function of node:fs; of one that is not synchronous, the call counts when it begins. */
type FsCall = (...args: readonly unknown[]) => unknown;

const fs: Record<string, unknown> = createRequire(import.meta.url)("node:fs");
const killAt = Number(process.env["LAB_KILL_AT"]);
const makesAName = 0o100;
let calls = 0;

for (const name of [
  "writeFileSync",
  "fsync",
  "fsyncSync",
  "ftruncateSync",
  "fchmodSync",
  "fchownSync",
  "futimesSync",
  "utimesSync",
  "linkSync",
  "renameSync",
  "unlinkSync",
  "mkdirSync",
  "rmdirSync",
  "rmSync",
  "chmodSync",
  "lchownSync",
]) {
  patch(name, (call, args) => {
    dieAt();
    return call(...args);
  });
}
patch("openSync", (call, args) => {
  const [, flags] = args;
  if (typeof flags === "number" && (flags & makesAName) !== 0) dieAt();
  return call(...args);
});
patch("writeSync", (call, args) => {
  dieAt();
  const [descriptor, bytes] = args;
  // Standard output and error are no disk.
  if (descriptor !== 1 && descriptor !== 2 && bytes instanceof Uint8Array)
    dieAt(() => call(descriptor, bytes.subarray(0, bytes.length >> 1)));
  return call(...args);
});
syncBuiltinESMExports();

function patch(name: string, replacement: (call: FsCall, args: readonly unknown[]) => unknown): void {
  const call = fs[name];
  if (!isFsCall(call)) throw new Error(`node:fs has no ${name}`);
  fs[name] = (...args: readonly unknown[]) => replacement(call, args);
}

function isFsCall(value: unknown): value is FsCall {
  return typeof value === "function";
}

function dieAt(lastAct?: () => void): void {
  calls += 1;
  if (calls !== killAt) return;
  lastAct?.();
  process.kill(process.pid, "SIGKILL");
}
