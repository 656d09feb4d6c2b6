import type { Clock } from "@sessionsmith/core";
import type { OperationProgress } from "@sessionsmith/core/engine";
import type { CliIo } from "./io.ts";

/** A line on the terminal that says how far long work is. */
export interface ProgressLine {
  readonly show: (progress: OperationProgress) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** Work that is shorter shows nothing. */
const patienceMs = 1000;
const betweenMs = 100;

/** Prepares a progress line on standard error. It stays silent where that is no terminal, and under `--quiet` or `--json`. */
export function progressLine(
  io: Pick<CliIo, "stderr" | "stderrIsTty">,
  clock: Clock,
  options: { readonly what: string; readonly silent: boolean },
): ProgressLine {
  if (!io.stderrIsTty || options.silent) return { show: () => undefined, clear: () => undefined };
  let nextAt = clock.now() + patienceMs;
  let shown = false;
  return {
    show: ({ done, total }) => {
      const now = clock.now();
      if (now < nextAt) return;
      nextAt = now + betweenMs;
      shown = true;
      io.stderr(`\r\x1b[K${options.what}: ${Math.floor((100 * done) / total)} % (${done} of ${total})`);
    },
    clear: () => {
      if (shown) io.stderr("\r\x1b[K");
      shown = false;
    },
  };
}
