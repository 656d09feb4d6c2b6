import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { errnoOf } from "../errno.ts";
import type { ProcessTable } from "./process-table.ts";
import { parseProcStat, type ProcStat } from "./proc-stat.ts";

/** Failures by which the system declines to tell: not there (another system, an ended process) or not for us to see. */
const silent: ReadonlySet<string | undefined> = new Set(["ENOENT", "ESRCH", "EACCES", "EPERM"]);

/** The processes of this machine, as far as this process may see them. */
export function nodeProcessTable(): ProcessTable {
  return {
    pid: process.pid,
    state: processState,
    startTicks: (pid) => procStat(pid)?.startTicks,
    bootId: readProcFile("/proc/sys/kernel/random/boot_id")?.trim(),
    hostName: hostname(),
  };
}

function processState(pid: number): "alive" | "dead" | "unknown" {
  if (!isPid(pid)) return "unknown";
  const answer = signalNothing(pid);
  if (answer !== "alive") return answer;
  return procStat(pid)?.ended === true ? "dead" : "alive";
}

/** Signal 0 is sent to nobody: it only asks whether the process is there. EPERM means that it is. */
function signalNothing(pid: number): "alive" | "dead" | "unknown" {
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "EPERM") return "alive";
    if (errno === "ESRCH") return "dead";
    return "unknown";
  }
}

function procStat(pid: number): ProcStat | undefined {
  if (!isPid(pid)) return undefined;
  const text = readProcFile(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcStat(text);
}

function readProcFile(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (silent.has(errnoOf(error))) return undefined;
    throw error;
  }
}

/** 0 and negative numbers would address process groups. */
function isPid(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 0x7fff_ffff;
}
