import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";

/**
 * Says what a failed system call means for an operation. Anything that is not Node's error is returned as it is.
 * @param isPending true if something was switched already, so that the operation must be finished later
 */
export function operationError(error: unknown, isPending: boolean): unknown {
  const errno = errnoOf(error);
  if (errno === undefined || !(error instanceof Error)) return error;
  const path = textOf(error, "path") ?? "a file of the store";
  const syscall = textOf(error, "syscall") ?? "a system call";
  const state = stateOf(isPending, Object.hasOwn(error, "suppressed"));
  return new StoreError("E_IO", `${syscall} failed on ${path} (${errno}). ${state}`, {
    hint: isPending
      ? "Mend the cause, then run `sessionsmith recover`."
      : (hints.get(errno) ?? "Mend the cause, then run the command again."),
    details: { path, errno, syscall },
    cause: error,
  });
}

function stateOf(isPending: boolean, isUntidy: boolean): string {
  if (isPending) return "The operation is not finished; nothing is lost.";
  if (isUntidy)
    return "Nothing was changed; what had been prepared is taken back by the next command that writes.";
  return "Nothing was changed; what had been prepared was taken back.";
}

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
