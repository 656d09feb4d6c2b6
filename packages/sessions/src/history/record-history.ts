import { type EngineHost, type LedgerRecord, readStoreLedger } from "@sessionsmith/core/engine";
import type { Plan } from "@sessionsmith/core";
import type { HistorySink, SinkState } from "./history-sink.ts";

/** Whether the ended sessions of an operation were written down, and where. */
export interface HistoryOutcome {
  /** True if a session ended and its record is in the ledger. */
  readonly historyRecorded: boolean;
  readonly sinks: readonly SinkState[];
}

/** What happened, and who is to be told. */
export interface HistoryInput {
  /** As it was carried out. */
  readonly plan: Plan;
  readonly operationId: string | undefined;
  readonly sinks: readonly HistorySink[];
}

/** How long a sink may take before the operation goes on without it. */
const sinkTimeoutMs = 2000;
const pollMs = 20;

/**
 * Offers the records of each store's ledger to the sinks: those of this operation, and those that a sink missed before. Never
 * throws for a sink, and waits for all of them together at most two seconds.
 * @throws StoreError E_IO if the ledger can't be read
 */
export async function recordHistory(host: EngineHost, input: HistoryInput): Promise<HistoryOutcome> {
  const { plan, operationId, sinks } = input;
  const recorded = plan.parts.some(({ steps }) => steps.some(({ kind }) => kind === "append-record"));
  const historyRecorded = operationId !== undefined && recorded;
  if (operationId === undefined || sinks.length === 0) return { historyRecorded, sinks: [] };
  const ledgers = plan.parts.map(({ store }) => ({
    indexPath: store.indexPath,
    records: readStoreLedger(host.fs, store.realDir),
  }));
  const states = sinks.map((sink) => inTime(host, sink.name, bringUpToDate(sink, ledgers)));
  return { historyRecorded, sinks: await Promise.all(states) };
}

interface StoreLedger {
  readonly indexPath: string;
  readonly records: readonly LedgerRecord[];
}

async function bringUpToDate(sink: HistorySink, ledgers: readonly StoreLedger[]): Promise<SinkState> {
  const { name } = sink;
  let missing: number | null = null;
  try {
    for (const { indexPath, records } of ledgers) {
      // oxlint-disable-next-line no-await-in-loop -- a sink takes one ledger after the other
      const pending = records.slice(await sink.taken(indexPath));
      missing = pending.length;
      // oxlint-disable-next-line no-await-in-loop -- a sink takes one ledger after the other
      if (pending.length > 0) await sink.take(indexPath, pending);
    }
    return { name, state: "up-to-date", missing: 0 };
  } catch (error) {
    // Whatever a sink throws is its own trouble: the ledger has the records, and the next operation offers them again.
    return { name, state: "behind", missing, error: error instanceof Error ? error.message : "failed" };
  }
}

/** Waits in small pieces, so that nothing is left to wait for once the sink has answered. */
async function inTime({ sleep }: EngineHost, name: string, work: Promise<SinkState>): Promise<SinkState> {
  const sink = { answered: false };
  const noted = work.then((state) => {
    sink.answered = true;
    return state;
  });
  const late = async (): Promise<SinkState> => {
    for (let waitedMs = 0; waitedMs < sinkTimeoutMs && !sink.answered; waitedMs += pollMs) {
      // oxlint-disable-next-line no-await-in-loop -- waiting is what this loop is for
      await sleep(pollMs);
    }
    if (sink.answered) return work;
    return { name, state: "behind", missing: null, error: `no answer within ${sinkTimeoutMs} ms` };
  };
  return Promise.race([noted, late()]);
}
