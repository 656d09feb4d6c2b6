import type { CliIo } from "./io.ts";

/**
 * The real process as a {@link CliIo}. A reader that closes the pipe early (`| head`) is no error: the rest is dropped.
 * @param onOutputLost told once, with the errno, if standard output can't be written for another reason, such as a full disk
 */
export function nodeIo(onOutputLost: (errno: string) => void): CliIo {
  const stdoutIsTty = isTerminal(process.stdout);
  return {
    stdout: quietWriter(process.stdout, onOutputLost),
    drained: () => drained(process.stdout),
    // There is nowhere left to say that this can't be written.
    stderr: quietWriter(process.stderr, () => undefined),
    env: process.env,
    stdoutIsTty,
    stderrIsTty: isTerminal(process.stderr),
    columns: stdoutIsTty ? process.stdout.columns : undefined,
    loadHost: async () => {
      const { nodeHost } = await import("./host.ts");
      return nodeHost();
    },
    probePort: async (port, timeoutMs) => {
      const { nodePortProbe } = await import("./writing.ts");
      return nodePortProbe(port, timeoutMs);
    },
    spareMemory: () => setEngineFlags(["--semi-space-growth-factor=1"]),
    spareAllMemory: () => setEngineFlags(["--semi-space-growth-factor=1", "--heap-growing-percent=20"]),
    interruptible,
  };
}

async function setEngineFlags(flags: readonly string[]): Promise<void> {
  const { setFlagsFromString } = await import("node:v8");
  for (const flag of flags) setFlagsFromString(flag);
}

async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once("SIGINT", abort);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", abort);
  }
}

function quietWriter(stream: NodeJS.WriteStream, onLost: (errno: string) => void): (text: string) => void {
  let open = true;
  stream.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
    if (open && code !== "EPIPE") onLost(code);
    open = false;
  });
  return (text) => {
    if (open && text !== "") stream.write(text);
  };
}

/** A reader that goes away while somebody waits for it closes the stream. */
function drained(stream: NodeJS.WriteStream): Promise<boolean> {
  if (stream.destroyed || stream.errored !== null) return Promise.resolve(false);
  if (!stream.writableNeedDrain) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (isOpen: boolean) => (): void => {
      stream.off("drain", onDrain).off("close", onClose);
      resolve(isOpen);
    };
    const [onDrain, onClose] = [settle(true), settle(false)];
    stream.once("drain", onDrain).once("close", onClose);
  });
}

/** Node's own test, without loading what only a terminal needs; a stream that is none does not have the property. */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
