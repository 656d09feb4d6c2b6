import { closeSync, fsyncSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { appendTranscriptLine } from "@sessionsmith/core/store";
import { makeTempDir } from "@sessionsmith/testkit";
import { elapsedMs, measuredMedians, renderTimes } from "./measure.ts";

const rounds = 101;
const largeBytes = 10_000_000;
const waveSizes = [1, 10, 50, 200];

/** Times appends to an empty and to a large transcript, and counts how many lines a second are safe on the disk. */
export async function benchAppend(lineCount: number): Promise<string> {
  const temp = makeTempDir();
  try {
    const storePath = join(temp.path, "sessions.json");
    writeFileSync(storePath, "{}", { mode: 0o600 });
    const large = join(temp.path, "large.jsonl");
    const text = `${JSON.stringify(message("x".repeat(400)))}\n`;
    writeFileSync(
      large,
      `{"type":"session","version":3,"id":"large"}\n${text.repeat(largeBytes / text.length)}`,
    );
    const append = (sessionId: string, fsync: "always" | "batch" | "never") =>
      appendTranscriptLine({ storePath, sessionId }, message("said"), { fsync });
    const empty = () => writeFileSync(join(temp.path, "empty.jsonl"), "");
    const contenders = (fsync: "always" | "never") => ({
      "by hand": () => elapsedMs(() => appendByHand(large, fsync === "always")),
      "to an empty transcript": () => {
        empty();
        return elapsedMs(() => append("empty", fsync));
      },
      "to one of 10 MB": () => elapsedMs(() => append("large", fsync)),
    });
    const synced = await measuredMedians(rounds, contenders("always"));
    const unsynced = await measuredMedians(rounds, contenders("never"));
    const rates: string[] = [];
    for (const wave of waveSizes) {
      const waves = Math.ceil(lineCount / Math.max(wave, 10));
      // oxlint-disable-next-line no-await-in-loop -- one wave size after the other
      const ms = await elapsedMs(async () => {
        for (let n = 0; n < waves; n += 1)
          // oxlint-disable-next-line no-await-in-loop -- the next wave starts when the lines of this one are safe
          await Promise.all(Array.from({ length: wave }, () => append("waves", "batch")));
      });
      const perSecond = Math.round((waves * wave * 1000) / ms);
      rates.push(`${String(wave).padStart(3)} lines at a time  ${String(perSecond).padStart(7)} a second`);
    }
    return [
      `one line, median of ${rounds} interleaved rounds; synced:`,
      ...renderTimes(synced, "to an empty transcript"),
      "not synced:",
      ...renderTimes(unsynced, "to an empty transcript"),
      "with shared syncs (batch):",
      ...rates,
    ].join("\n");
  } finally {
    temp.dispose();
  }
}

function message(text: string) {
  return { type: "message", id: "00000001", parentId: null, message: { role: "user", content: text } };
}

function appendByHand(path: string, sync: boolean): void {
  const descriptor = openSync(path, "a");
  writeSync(descriptor, `${JSON.stringify(message("said"))}\n`);
  if (sync) fsyncSync(descriptor);
  closeSync(descriptor);
}
