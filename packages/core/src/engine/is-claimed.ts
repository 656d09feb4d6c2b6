import { isExpectedIndex } from "./expected-index.ts";
import type { PartContext } from "./part-context.ts";

/**
 * True, before the switch, if another program has written the index meanwhile, with a row that needs a file of this name: what an operation
 * that is taken back gave the name to has to keep it.
 */
export function isClaimed(context: PartContext, name: string): boolean {
  const { host, indexPath } = context;
  return !isExpectedIndex(context, host.fs.lstat(indexPath)) && context.isReferencedUnswitched(name);
}

/** What is said of such a file. */
export function claimedWarning(name: string): string {
  return `${name} stays: a row of the index needs it`;
}
