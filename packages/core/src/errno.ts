import { constants } from "node:os";

const namesByNumber: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [-number, name]),
);

/**
 * The errno name of a failed system call (`ENOENT`, `EACCES`, …), or undefined for any other thrown value.
 * Node has no name of its own for some of them, EDQUOT among them: there the number tells. Libraries have numbers of their own: only
 * that of a system call counts.
 */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code)) return error.code;
  const isCall = "syscall" in error && "errno" in error && typeof error.errno === "number";
  return isCall ? namesByNumber.get(Number(error.errno)) : undefined;
}
