import type { Clock } from "@sessionsmith/core";
import type { CliIo } from "./io.ts";
import type { OutputView } from "./output-view.ts";

/** A line on a terminal that says how far long work is. */
export interface ProgressLine {
  /** A listener that tells how many of how many sessions or steps are done. */
  readonly of: (verb: string) => (done: number, total: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Work shorter than this shows nothing. */
const quietMs = 1000;
/** How often the line is written. */
const intervalMs = 200;

/** Makes a progress line; it shows nothing without a terminal, under --json and under --quiet. */
export function progressLine(
  clock: Clock,
  { io, view }: { readonly io: CliIo; readonly view: OutputView },
): ProgressLine {
  const startedAt = clock.now();
  const isShown = io.stdoutIsTty && !view.json && !view.quiet;
  let shownAt = startedAt;
  let isOpen = false;
  return {
    of: (verb) => (done, total) => {
      const now = clock.now();
      if (!isShown || now - startedAt < quietMs || now - shownAt < intervalMs) return;
      const perSecond = Math.round((done * 1000) / (now - startedAt));
      io.stderr(`\r\u001b[K${done} of ${total} ${verb}, ${perSecond}/s`);
      shownAt = now;
      isOpen = true;
    },
    end: () => {
      if (isOpen) io.stderr("\r\u001b[K");
      isOpen = false;
    },
  };
}
