/** What can be told about another process of this machine. */
export interface ProcessTable {
  readonly pid: number;
  /** `unknown` where the system does not say. A process of another user (EPERM) is alive. */
  state(pid: number): "alive" | "dead" | "unknown";
  /** Clock ticks since boot when the process started (field 22 of `/proc/<pid>/stat`), or undefined where there is no such file. */
  startTicks(pid: number): number | undefined;
  /** Identifies this boot of the machine, or undefined where the system does not say. */
  readonly bootId: string | undefined;
  readonly hostName: string;
}
