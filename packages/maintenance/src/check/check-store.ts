import type { Finding } from "@sessionsmith/core";
import type { CheckInput, StoreCheck } from "./check-input.ts";
import { checkCoverage } from "./check-coverage.ts";
import { checkKeys } from "./check-keys.ts";
import { checkPaths } from "./check-paths.ts";
import { checkPermissions } from "./check-permissions.ts";
import { checkRows } from "./check-rows.ts";
import { checkTranscripts } from "./check-transcripts.ts";
import { checkWeight } from "./check-weight.ts";

/** The checks of every domain, in the order in which their findings are listed. */
const storeChecks: readonly StoreCheck[] = [
  // What the scan noticed: the index, its rows, the files, the locks.
  ({ survey }) => survey.findings,
  checkCoverage,
  checkRows,
  checkKeys,
  checkPaths,
  checkTranscripts,
  checkWeight,
  checkPermissions,
];

/** All that is odd about a store. Pure: the same input gives the same findings in the same order. */
export function checkStore(input: CheckInput): readonly Finding[] {
  return storeChecks.flatMap((check) => check(input));
}
