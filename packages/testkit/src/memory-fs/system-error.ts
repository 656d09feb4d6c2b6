import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";

/** Where a call failed: the system call, and the paths it was given if it takes any. */
export interface FailedCall {
  readonly syscall: string;
  readonly path?: string | undefined;
  readonly dest?: string | undefined;
}

/** An error that looks like the ones that `node:fs` throws. */
export interface SystemError extends Error {
  readonly errno: number;
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
  readonly dest?: string;
}

const texts: ReadonlyMap<string, string> = new Map(getSystemErrorMap().values());
const numbers: ReadonlyMap<string, number> = new Map(Object.entries(constants.errno));

/** Makes the error of a failed call, worded as Node words it: `ENOENT: no such file or directory, open '/a'`. */
export function systemError(code: string, { syscall, path, dest }: FailedCall): SystemError {
  const from = path === undefined ? "" : ` '${path}'`;
  const to = dest === undefined ? "" : ` -> '${dest}'`;
  const error = new Error(`${code}: ${texts.get(code) ?? "unknown error"}, ${syscall}${from}${to}`);
  return Object.assign(error, {
    errno: -(numbers.get(code) ?? 0),
    code,
    syscall,
    ...(path === undefined ? {} : { path }),
    ...(dest === undefined ? {} : { dest }),
  });
}
