import { errnoOf } from "../errno.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

/**
 * Runs a look at the disk. A failed system call becomes a {@link StoreError} of that code which names the path and the errno;
 * anything else is thrown as it came.
 */
export function lookOrFail<T>(code: StoreErrorCode, path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new StoreError(code, `${path} can't be read (${errno}). Nothing was changed.`, {
      hint: "Check that the path is right and that this user may read it.",
      details: { path, errno },
      cause: error,
    });
  }
}
