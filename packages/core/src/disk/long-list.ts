import { LazySequence } from "../sequence.ts";
import { blockBytes, type ScratchBlock, ScratchBlocks } from "./scratch-blocks.ts";

/** Where all lists of the process that are longer than a block keep what is behind them. */
const processBlocks = new ScratchBlocks();

/** Bytes that a list begins with. */
const firstBytes = 2 ** 10;

const newline = 0x0a;

/**
 * A list of plain data that may be very long: it keeps its items as lines of JSON, a long list outside of the memory of the process,
 * and makes them anew, one by one, whenever it is read. So it takes the same memory however long it is.
 */
export class LongList<T> extends LazySequence<T> {
  readonly #scratch: ScratchBlocks;
  readonly #blocks: ScratchBlock[] = [];
  /** The end of the lines, which is not a whole block yet. */
  #tail = Buffer.alloc(0);
  #tailBytes = 0;
  #length = 0;

  /** @param scratch where it keeps its blocks */
  constructor(scratch = processBlocks) {
    super();
    this.#scratch = scratch;
    unread.register(this, { scratch, blocks: this.#blocks });
  }

  override get length(): number {
    return this.#length;
  }

  override [Symbol.iterator](): Generator<T, void> {
    return itemsOf(this.#lines());
  }

  /** Adds an item at the end: plain data as JSON has it. A member that is undefined may be left out. */
  push(item: T): void {
    const line = Buffer.from(`${JSON.stringify(item)}\n`, "utf8");
    this.#length += 1;
    for (let at = 0; at < line.length;) {
      this.#makeRoom(line.length - at);
      const bytes = line.copy(this.#tail, this.#tailBytes, at);
      at += bytes;
      this.#tailBytes += bytes;
      if (this.#tailBytes < blockBytes) continue;
      this.#blocks.push(this.#scratch.keep(this.#tail));
      this.#tailBytes = 0;
    }
  }

  /** Reads the list a last time: what was read of it is let go, and in the end it is empty. Nobody else may read it from then on. */
  drain(): Generator<T, void> {
    return itemsOf(this.#lastLines());
  }

  /** Text, a piece at a time; a piece is valid until the next one is asked for. What is added meanwhile comes too. */
  *#lines(): Generator<Buffer, void> {
    let place: Buffer | undefined;
    let n = 0;
    /** Bytes that were read of what was the tail then, and may be a block by now. */
    let known = 0;
    do {
      for (let block = this.#blocks[n]; block !== undefined; block = this.#blocks[n]) {
        place = this.#scratch.read(block, place);
        yield place.subarray(known);
        known = 0;
        n += 1;
      }
      const tail = Buffer.from(this.#tail.subarray(known, this.#tailBytes));
      known = this.#tailBytes;
      yield tail;
    } while (n < this.#blocks.length || known < this.#tailBytes);
  }

  *#lastLines(): Generator<Buffer, void> {
    let place: Buffer | undefined;
    this.#length = 0;
    for (let block = this.#blocks.shift(); block !== undefined; block = this.#blocks.shift()) {
      place = this.#scratch.read(block, place);
      this.#scratch.free(block);
      yield place;
    }
    const tail = this.#tail.subarray(0, this.#tailBytes);
    this.#tail = Buffer.alloc(0);
    this.#tailBytes = 0;
    yield tail;
  }

  /** A short list takes little. */
  #makeRoom(bytes: number): void {
    const needed = Math.min(blockBytes, this.#tailBytes + bytes);
    if (needed <= this.#tail.length) return;
    const tail = Buffer.allocUnsafeSlow(
      Math.min(blockBytes, Math.max(needed, this.#tail.length * 2, firstBytes)),
    );
    tail.set(this.#tail.subarray(0, this.#tailBytes));
    this.#tail = tail;
  }
}

/** A long list of these items. */
export function longList<T>(items: Iterable<T>): LongList<T> {
  const list = new LongList<T>();
  for (const item of items) list.push(item);
  return list;
}

interface KeptBlocks {
  readonly scratch: ScratchBlocks;
  readonly blocks: readonly ScratchBlock[];
}

/** Lets the blocks of lists go that nobody has any more. */
const unread = new FinalizationRegistry<KeptBlocks>(({ scratch, blocks }) => {
  for (const block of blocks) scratch.free(block);
});

/** The items of lines of JSON; a piece ends anywhere in a line. */
function* itemsOf<T>(pieces: Iterable<Buffer>): Generator<T, void> {
  /** The beginning of a line whose end is in a later piece: put together once, however many pieces there are. */
  let begun: Buffer[] = [];
  for (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      const line =
        begun.length === 0
          ? piece.toString("utf8", start, end)
          : Buffer.concat([...begun, piece.subarray(start, end)]).toString("utf8");
      begun = [];
      start = end + 1;
      // It was a T when it was written, and nobody else has the bytes.
      const item: T = JSON.parse(line);
      yield item;
    }
    if (start < piece.length) begun.push(Buffer.from(piece.subarray(start)));
  }
}
