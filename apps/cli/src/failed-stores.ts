import type { StoreErrorCode } from "@sessionsmith/core";
import { exitStatusByCode } from "./exit-codes.ts";
import type { ExitStatus } from "./exit-codes.ts";
import { renderFailure } from "./failure.ts";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";
import { safeLines } from "./render/safe-text.ts";

/** How work on one or several stores ended. */
export interface StoreResults {
  /** How many stores were opened. */
  readonly opened: number;
  readonly failed: readonly FailedStore[];
  /** How many further stores were left out, because they can't be opened safely; findings name them. */
  readonly leftOut: number;
}

/** A store among several that could not be done. */
export interface FailedStore {
  readonly agentId: string;
  readonly code: StoreErrorCode;
  readonly message: string;
}

/** A signal ends the run, whatever was done before it. */
function statusCode(first: StoreErrorCode, { failed, opened }: StoreResults): StoreErrorCode {
  if (failed.some(({ code }) => code === "E_INTERRUPTED")) return "E_INTERRUPTED";
  return failed.length < opened ? "E_PARTIAL" : first;
}

/**
 * Tells on standard error which stores failed, and gives the exit status: 0 if none did, 3 if others were done, else that of the
 * first error. Under --json it is one JSON object, and belongs at the end of all output.
 */
export function reportFailedStores(results: StoreResults, view: OutputView, io: CliIo): ExitStatus {
  const { opened, failed, leftOut } = results;
  const [first] = [...failed.map((store) => store.code), ...(leftOut > 0 ? (["E_REFUSED"] as const) : [])];
  if (first === undefined) return 0;
  const code = statusCode(first, results);
  const exitCode = exitStatusByCode[code];
  const message = `${failed.length + leftOut} of ${opened + leftOut} stores could not be done.`;
  if (view.json) {
    const details = { stores: failed.map((store) => ({ ...store })), leftOut };
    const failure = { code, message, hint: undefined, details, exitCode, stack: undefined };
    io.stderr(renderFailure(failure, { json: true, verbose: false, usage: "" }));
  } else {
    const lines = [...failed.map((store) => `agent ${store.agentId}: ${store.message}`), message];
    io.stderr(lines.map((line) => `${safeLines(`sessionsmith: ${line}`)}\n`).join(""));
  }
  return exitCode;
}
