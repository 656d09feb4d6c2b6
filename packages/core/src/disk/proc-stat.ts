/** What `/proc/<pid>/stat` tells of a process (Linux). */
export interface ProcStat {
  /** True for a process that has ended but was not waited for (`Z`), or is being removed (`X`). */
  readonly ended: boolean;
  /** Clock ticks since boot when it started: field 22. */
  readonly startTicks: number;
}

/**
 * Parses the one line of `/proc/<pid>/stat`; undefined if it has another shape.
 * The second field is the program's name in parentheses, and may itself hold blanks and parentheses:
 * the fields are counted from the last closing one.
 */
export function parseProcStat(text: string): ProcStat | undefined {
  const fields = text
    .slice(text.lastIndexOf(")") + 1)
    .trim()
    .split(" ");
  const [state] = fields;
  const startTicks = Number(fields[19]);
  if (!text.includes(")") || state === undefined || !Number.isSafeInteger(startTicks)) return undefined;
  return { ended: state === "Z" || state === "X", startTicks };
}
