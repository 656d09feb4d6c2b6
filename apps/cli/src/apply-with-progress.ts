import type { Plan } from "@sessionsmith/core";
import { applyPlan } from "@sessionsmith/core/engine";
import type { ApplyOptions, ApplyOutcome, EngineHost } from "@sessionsmith/core/engine";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";
import { progressLine } from "./progress.ts";
import { lockTimeoutMs } from "./recover-first.ts";

/** Where progress is shown, and what is said of it. */
export interface ShownWork {
  readonly io: CliIo;
  readonly view: Pick<OutputView, "json" | "quiet">;
  readonly what: string;
}

/** Applies a plan as `applyPlan` does, with a line on the terminal if it takes longer. */
export async function applyWithProgress(
  engine: EngineHost,
  plan: Plan,
  { io, view, what, ...options }: Omit<ApplyOptions, "lockTimeoutMs" | "onProgress"> & ShownWork,
): Promise<ApplyOutcome> {
  const line = progressLine(io, engine.clock, { what, silent: view.json || view.quiet });
  try {
    return await applyPlan(engine, plan, { ...options, lockTimeoutMs, onProgress: line.show });
  } finally {
    line.clear();
  }
}
