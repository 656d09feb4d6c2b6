import { errnoOf } from "@sessionsmith/core";
import type { ReadFs } from "@sessionsmith/core";
import type { ChosenStores } from "./choose-stores.ts";
import type { CliIo } from "./io.ts";

/** Beyond this an index outweighs whatever is made of it, and a small young heap would cost a tenth of the time. */
const ordinaryIndexBytes = 64 * 2 ** 20;

/** Asks for a small young heap if all stores are of an ordinary size: of what a plan is made from, little lasts. */
export async function spareMemory(
  { host, targets }: Pick<ChosenStores, "host" | "targets">,
  io: CliIo,
): Promise<void> {
  if (targets.every(({ indexPath }) => sizeOf(host.fs, indexPath) <= ordinaryIndexBytes))
    await io.spareMemory();
}

/** Bytes; 0 for what is not there or can't be looked at, which is said where it is read. */
function sizeOf(fs: ReadFs, path: string): number {
  try {
    return fs.lstat(path)?.size ?? 0;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return 0;
  }
}
