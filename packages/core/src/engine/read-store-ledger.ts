import type { WriteFs } from "../disk/write-fs.ts";
import { type LedgerRecord, readLedger } from "./ledger.ts";
import { lookAtStore } from "./operation-error.ts";
import { ledgerPath } from "./operation-paths.ts";

/**
 * Reads the ledger of a store as {@link readLedger} does; empty if there is none.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_IO
 */
export function readStoreLedger(fs: WriteFs, realDir: string): readonly LedgerRecord[] {
  return lookAtStore(() => readLedger(fs, ledgerPath(realDir)));
}
