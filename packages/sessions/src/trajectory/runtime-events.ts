import {
  isJsonObject,
  type JsonObject,
  parseRecord,
  type ReadableFile,
  scanLines,
  StoreError,
} from "@sessionsmith/core";
import type { RowWarnings } from "./row-warnings.ts";
import { traceMarks, type TrajectoryEvent } from "./trajectory-event.ts";

/** Events that are read at most of one runtime file (OpenClaw 2026.5.28). */
const mostEvents = 200_000;

/** Reads the runtime events of a session. @throws StoreError E_REFUSED if there are too many */
export function runtimeEvents(
  file: ReadableFile,
  sessionId: string,
  warnings: RowWarnings,
): readonly TrajectoryEvent[] {
  const events: TrajectoryEvent[] = [];
  let row = 0;
  for (const { bytes, blank } of scanLines(file)) {
    row += 1;
    if (blank) continue;
    const parsed = bytes === undefined ? undefined : parseRecord(bytes);
    if (parsed?.ok !== true) {
      warnings.add("invalid-runtime-json", row);
      continue;
    }
    const event = runtimeEvent(parsed.record, sessionId);
    if (event === undefined) warnings.add("invalid-runtime-event", row);
    else events.push(event);
    if (events.length > mostEvents)
      throw new StoreError(
        "E_REFUSED",
        `The runtime file has more than ${mostEvents} events. Nothing was written.`,
      );
  }
  return events;
}

function runtimeEvent(record: JsonObject, sessionId: string): TrajectoryEvent | undefined {
  const { ts, seq, sourceSeq, data, type } = record;
  const isOurs =
    record["traceSchema"] === traceMarks.traceSchema &&
    record["schemaVersion"] === traceMarks.schemaVersion &&
    record["source"] === "runtime" &&
    record["sessionId"] === sessionId &&
    typeof type === "string" &&
    (data === undefined || isJsonObject(data));
  const at = typeof ts === "string" ? Date.parse(ts) : Number.NaN;
  if (!isOurs || typeof ts !== "string" || Number.isNaN(at) || typeof seq !== "number") return undefined;
  return {
    source: "runtime",
    ts: new Date(at).toISOString(),
    sourceSeq: typeof sourceSeq === "number" ? sourceSeq : seq,
    fields: record,
  };
}
