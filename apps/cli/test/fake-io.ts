import type { Host } from "@sessionsmith/core";
import type { PortProbe } from "@sessionsmith/core/engine";
import type { CliIo } from "../src/io.ts";
import { run } from "../src/run.ts";

/** What a run wrote. */
export interface Written {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run wrote, and how it ended. */
export interface RunResult extends Written {
  readonly status: number;
}

/** How a run differs from one without a terminal, an environment and a host. */
export interface RunSetting {
  readonly host?: Host;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What answers on ports; nothing unless said otherwise. */
  readonly probePort?: PortProbe;
  /** Ends interruptible work. */
  readonly signal?: AbortSignal;
}

/** An io that keeps what is written; giving `columns` makes standard output a terminal. */
export function recordingIo({
  host,
  env = {},
  columns,
  probePort = async () => false,
  signal = new AbortController().signal,
}: RunSetting = {}): {
  readonly io: CliIo;
  readonly written: () => Written;
} {
  let stdout = "";
  let stderr = "";
  const io: CliIo = {
    stdout: (text) => {
      stdout += text;
    },
    drained: () => Promise.resolve(true),
    stderr: (text) => {
      stderr += text;
    },
    env,
    stdoutIsTty: columns !== undefined,
    stderrIsTty: columns !== undefined,
    columns,
    loadHost: async () => {
      if (host === undefined) throw new Error("this run has no host");
      return host;
    },
    probePort,
    spareMemory: async () => undefined,
    spareAllMemory: async () => undefined,
    interruptible: (work) => work(signal),
  };
  return { io, written: () => ({ stdout, stderr }) };
}

/** Runs a command line in this process. */
export async function runCli(argv: readonly string[], setting: RunSetting = {}): Promise<RunResult> {
  const { io, written } = recordingIo(setting);
  const status = await run(argv, io);
  return { status, ...written() };
}
