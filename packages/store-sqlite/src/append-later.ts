import type { HeldConnection } from "./connection.ts";
import { type LineToAppend, writeLines } from "./write-lines.ts";

/** How long a batch is open for further lines. */
const batchMs = 10;

interface WaitingLine {
  readonly line: LineToAppend;
  readonly settle: (failure: { readonly error: unknown } | undefined) => void;
}

/**
 * Makes the function that adds lines to transcripts. With `fsync: "batch"` lines that come within 10 ms share one transaction; a line
 * that can't be made fails nobody else's.
 */
export function appendLater(connection: HeldConnection): (line: LineToAppend) => Promise<void> {
  let batch: WaitingLine[] | undefined;
  const writeNow = async (lines: readonly LineToAppend[], sync: boolean) =>
    connection.write((db) => writeLines(db, connection, lines), sync);
  const writeBatch = async (): Promise<void> => {
    await connection.host.sleep(batchMs);
    const waiting = batch ?? [];
    batch = undefined;
    try {
      const failures = await writeNow(
        waiting.map(({ line }) => line),
        true,
      );
      for (const [n, { settle }] of waiting.entries()) settle(failures[n]);
    } catch (error) {
      for (const { settle } of waiting) settle({ error });
    }
  };
  return async (line) => {
    const { fsync = "always" } = line.options;
    if (fsync !== "batch") {
      const [failure] = await writeNow([line], fsync === "always");
      if (failure !== undefined) throw failure.error;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const settle: WaitingLine["settle"] = (failure) =>
        failure === undefined ? resolve() : reject(failure.error);
      if (batch !== undefined) batch.push({ line, settle });
      else {
        batch = [{ line, settle }];
        void writeBatch();
      }
    });
  };
}
