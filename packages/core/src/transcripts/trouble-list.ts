import type { TranscriptFindingId } from "../findings/transcript-findings.ts";

/** One kind of trouble in a transcript: its first place, and how often it is there. */
export interface TranscriptTrouble {
  readonly id: TranscriptFindingId;
  /** 1-based line and byte offset of the first. */
  readonly line: number;
  readonly offset: number;
  readonly count: number;
  /** 1-based lines of the first ones, {@link shownLines} at most. */
  readonly lines: readonly number[];
}

/** Lines that are kept of each kind of trouble. */
const shownLines = 10;

/** Where something stands in a transcript. */
export interface LinePlace {
  /** 1-based. */
  readonly number: number;
  /** Byte offset. */
  readonly offset: number;
}

/** Collects the troubles of one transcript; memory does not grow with their number. */
export class TroubleList {
  readonly #byId = new Map<TranscriptFindingId, { first: LinePlace; count: number; lines: number[] }>();

  /** Notes one more. */
  note(id: TranscriptFindingId, place: LinePlace): void {
    const known = this.#byId.get(id);
    if (known === undefined) {
      this.#byId.set(id, { first: place, count: 1, lines: [place.number] });
      return;
    }
    known.count += 1;
    if (known.lines.length < shownLines) known.lines.push(place.number);
  }

  /** All of them, in the order of their first places. */
  all(): readonly TranscriptTrouble[] {
    return [...this.#byId]
      .map(([id, { first, count, lines }]) => {
        return {
          id,
          line: first.number,
          offset: first.offset,
          count,
          lines: lines.toSorted((a, b) => a - b),
        };
      })
      .toSorted((a, b) => a.offset - b.offset);
  }
}
