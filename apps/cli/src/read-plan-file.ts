import { resolve } from "node:path";
import { errnoOf, parsePlan, StoreError } from "@sessionsmith/core";
import type { Host, Plan } from "@sessionsmith/core";

/** Larger files are no plans. */
const limitBytes = 2 ** 29;

/**
 * Reads a saved plan.
 * @param file as given on the command line
 * @throws StoreError E_NOT_FOUND; E_IO; E_USAGE if it is no plan; E_STALE_PLAN if another version wrote it
 */
export function readPlanFile(host: Host, file: string): Plan {
  const path = resolve(host.cwd, file);
  try {
    const bytes = readBytes(host, host.fs.realpath(path) ?? path);
    if (bytes !== undefined) return parsePlan(bytes.toString("utf8"));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new StoreError("E_IO", `${path} can't be read (${errno}). Nothing was changed.`, {
      details: { path, errno },
      cause: error,
    });
  }
  throw new StoreError("E_NOT_FOUND", `There is no plan at ${path}. Nothing was changed.`, {
    hint: "Save one with `sessionsmith cleanup --plan-out <file>`.",
    details: { path },
  });
}

function readBytes({ fs }: Pick<Host, "fs">, path: string): Buffer | undefined {
  return fs.withFile(path, (file) => {
    if (file.fact.kind !== "file" || file.fact.size > limitBytes)
      throw new StoreError("E_USAGE", `${path} is not a plan. Nothing was changed.`, { details: { path } });
    const bytes = Buffer.allocUnsafe(file.fact.size);
    return bytes.subarray(0, file.read(bytes, 0));
  });
}
