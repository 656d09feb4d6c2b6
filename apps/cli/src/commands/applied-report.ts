import { countDecisions, formatBytes } from "@sessionsmith/core";
import type { PlanPart } from "@sessionsmith/core";
import type { ApplyOutcome } from "@sessionsmith/core/engine";
import type { CliIo } from "../io.ts";
import type { OutputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";

/** What applying a saved plan came to; it is the JSON document of `apply`. */
export interface AppliedReport {
  /** Null if the plan had nothing to do. */
  readonly operationId: string | null;
  readonly digest: string;
  readonly stores: readonly AppliedStore[];
  /** What could not be done. */
  readonly warnings: readonly string[];
}

interface AppliedStore {
  readonly agentId: string;
  readonly storePath: string;
  readonly beforeCount: number;
  readonly afterCount: number;
  readonly movedFiles: number;
  readonly movedBytes: number;
}

/** Renders the outcome of a plan as plain JSON data. Pure. */
export function appliedReport(
  { operationId, plan }: Pick<ApplyOutcome, "operationId" | "plan">,
  warnings: readonly string[],
): AppliedReport {
  const stores = plan.parts.map(storeOf);
  return { operationId: operationId ?? null, digest: plan.digest, stores, warnings };
}

function storeOf(part: PlanPart): AppliedStore {
  const { before, after } = countDecisions(part.rows);
  const moved = part.files.filter(({ action }) => action !== "keep");
  return {
    agentId: part.store.agentId,
    storePath: part.store.indexPath,
    beforeCount: before,
    afterCount: after,
    movedFiles: moved.length,
    movedBytes: moved.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Writes the report: text, or one JSON document. */
export function writeApplied(
  report: AppliedReport,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): void {
  if (view.json) {
    writeJson(report, io.stdout);
    return;
  }
  const { operationId, stores } = report;
  const lines = stores.flatMap(({ storePath, beforeCount, afterCount, movedFiles, movedBytes }) => [
    `Session store: ${safeText(storePath)}`,
    `Entries: ${beforeCount} -> ${afterCount} (remove ${beforeCount - afterCount})`,
    `Files moved: ${movedFiles} (${formatBytes(movedBytes)})`,
  ]);
  const end =
    operationId === null
      ? "Nothing needs to change."
      : `Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`;
  io.stdout([...lines, end, ""].join("\n"));
}
