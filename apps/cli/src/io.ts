import type { Host } from "@sessionsmith/core";
import type { PortProbe } from "@sessionsmith/core/engine";

/** All that the command takes from the process around it; tests pass their own. */
export interface CliIo {
  /** Writes to standard output. Quietly does nothing once the reader has gone away. */
  readonly stdout: (text: string) => void;
  /** Resolves when what was written to standard output is on its way: to false once the reader has gone away. */
  readonly drained: () => Promise<boolean>;
  /** Writes to standard error. */
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** Columns of the terminal that standard output is, if it is one. */
  readonly columns: number | undefined;
  /** The disk, the clock and the rest of the machine; loaded at the first use, so that help costs nothing. */
  readonly loadHost: () => Promise<Host>;
  /** Tells whether something answers on a port of this machine. */
  readonly probePort: PortProbe;
  /** Keeps the part of the heap small in which values are made, from now on: less memory for a little more time. */
  readonly spareMemory: () => Promise<void>;
  /** The same, and looks for garbage in the rest of the heap as soon as that has grown by a fifth: Node would wait for twice as much. */
  readonly spareAllMemory: () => Promise<void>;
  /** Does work that Ctrl-C ends in order: the first one only raises the signal, the next ends the process. */
  readonly interruptible: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}
