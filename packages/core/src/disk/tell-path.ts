import { errnoOf } from "../errno.ts";

/**
 * Runs `work` on an open file and adds the path to an error that has none: a call on a descriptor does not say which file
 * it failed on.
 */
export function tellPath<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (errnoOf(error) !== undefined && error instanceof Error && !("path" in error))
      Object.assign(error, { path });
    throw error;
  }
}
