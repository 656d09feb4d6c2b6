import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";

/**
 * How far an operation got before a system call failed. `untouched`: nothing was begun. `taken-back`: it was begun, and
 * rolled back. `pending`: nobody knows, or it must be finished, or taken back, later.
 */
export type OperationProgress = "untouched" | "taken-back" | "pending";

/** Says what a failed system call means for an operation. Anything that is not Node's error is returned as it is. */
export function operationError(error: unknown, progress: OperationProgress): unknown {
  return systemCallError(
    error,
    states[progress],
    progress === "pending" ? "Mend the cause, then run `sessionsmith recover`." : undefined,
  );
}

/** Runs a look at a store that changes nothing. @throws what it throws; for Node's error E_IO with path and errno */
export function lookAtStore<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw operationError(error, "untouched");
  }
}

/**
 * Makes an E_IO of Node's error: the call, the path and the errno, then in what state everything is. Anything that is not
 * Node's error is returned as it is.
 * @param hint what to do next; without it, what the errno suggests
 */
export function systemCallError(error: unknown, state: string, hint?: string): unknown {
  const errno = errnoOf(error);
  if (errno === undefined || !(error instanceof Error)) return error;
  const path = textOf(error, "path") ?? "a file of the store";
  const syscall = textOf(error, "syscall") ?? "a system call";
  return new StoreError("E_IO", `${syscall} failed on ${path} (${errno}). ${state}`, {
    hint: hint ?? hints.get(errno) ?? "Mend the cause, then run the command again.",
    details: { path, errno, syscall },
    cause: error,
  });
}

const states: Readonly<Record<OperationProgress, string>> = {
  untouched: "Nothing was changed.",
  "taken-back": "Nothing was changed; what had been prepared was taken back.",
  pending: "Nothing is lost, but the operation may not be finished.",
};

const hints: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "Free some space, then run the command again; `sessionsmith trash purge` needs none."],
  ["EDQUOT", "Free some of your quota, then run the command again; `sessionsmith trash purge` needs none."],
  ["EROFS", "The file system is mounted read-only."],
  ["EACCES", "Run the command as the user who owns the sessions directory."],
  ["EPERM", "Run the command as the user who owns the sessions directory."],
]);

function textOf(error: Error, name: "path" | "syscall"): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === "string" ? value : undefined;
}
