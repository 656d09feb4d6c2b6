import type { JsonObject, StoreErrorCode } from "@sessionsmith/core";
import { exitStatusByCode } from "./exit-codes.ts";
import type { ExitStatus } from "./exit-codes.ts";
import { jsonLine } from "./render/json.ts";
import { safeLines } from "./render/safe-text.ts";
import { isUsageError } from "./usage-error.ts";

/** A run that ended with an error, as the operator sees it. */
export interface Failure {
  /** `E_BUG` for an error that nobody foresaw. */
  readonly code: StoreErrorCode | "E_BUG";
  readonly message: string;
  readonly hint: string | undefined;
  readonly details: JsonObject;
  readonly exitCode: ExitStatus;
  /** The stack of an unforeseen error, else undefined. */
  readonly stack: string | undefined;
}

/** Sorts anything thrown into one of the three kinds: a mistake on the command line, an error to act on, a fault of ours. */
export async function failureOf(thrown: unknown): Promise<Failure> {
  if (isUsageError(thrown)) {
    return {
      ...none,
      code: "E_USAGE",
      message: thrown.message,
      hint: thrown.hint,
      exitCode: exitStatusByCode.E_USAGE,
    };
  }
  const { errnoOf, isStoreError } = await import("./host.ts");
  if (isStoreError(thrown)) {
    const { code, message, hint, details } = thrown;
    return { ...none, code, message, hint, details, exitCode: exitStatusByCode[code] };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const errno = errnoOf(thrown);
  if (errno !== undefined)
    return { ...none, code: "E_IO", message, details: { errno }, exitCode: exitStatusByCode.E_IO };
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return { ...none, code: "E_BUG", message, hint: "This is a bug, please report it.", exitCode: 1, stack };
}

const none = { hint: undefined, details: {}, stack: undefined } as const;

/** How a failure is shown. */
export interface FailureView {
  readonly json: boolean;
  /** Shows the stack of an unforeseen error. */
  readonly verbose: boolean;
  /** The usage line of the command, shown with a mistake on the command line. */
  readonly usage: string;
}

/** The text for standard error: one JSON object, or the message with its hint and, for a usage error, the usage line. */
export function renderFailure(failure: Failure, view: FailureView): string {
  const { code, message, hint, details, exitCode, stack } = failure;
  const shownStack = view.verbose ? stack : undefined;
  if (view.json) {
    const allDetails = shownStack === undefined ? details : { ...details, stack: shownStack };
    return jsonLine({ error: { code, message, hint: hint ?? null, details: allDetails, exitCode } });
  }
  const lines = [`sessionsmith: ${message}`];
  if (hint !== undefined) lines.push(hint);
  if (code === "E_USAGE") lines.push(`Usage: ${view.usage}`);
  if (shownStack !== undefined) lines.push(shownStack);
  return `${safeLines(lines.join("\n"))}\n`;
}
