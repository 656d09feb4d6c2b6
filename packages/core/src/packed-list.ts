import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LazySequence } from "./sequence.ts";

/** Items that become one block of bytes: enough for deflate to find what they share, few enough to be objects at once. */
const itemsOfBlock = 64;

/** Little memory for each block: the system's allocator does not give back all that was used for it. */
const deflation = { level: 1, windowBits: 12, memLevel: 5 } as const;

/** Blocks lie side by side in pieces of memory of this size, and not among what comes and goes. */
const roomBytes = 2 ** 18;

/** Bytes of a text that are made without another round. */
const usualTextBytes = 2 ** 16;

/**
 * A list of plain data that may be very long: it keeps its items as compressed bytes, about a tenth of what they take as objects,
 * and makes them anew, a block at a time, whenever it is read.
 */
export class PackedList<T> extends LazySequence<T> {
  readonly #blocks: Buffer[] = [];
  readonly #last: T[] = [];
  /** Where the next blocks go. */
  #room = Buffer.alloc(0);

  override get length(): number {
    return this.#blocks.length * itemsOfBlock + this.#last.length;
  }

  override *[Symbol.iterator](): Generator<T, void> {
    for (const block of this.#blocks) yield* this.#unpack(block);
    yield* this.#last;
  }

  /** Adds an item at the end: plain data as JSON has it. A member that is undefined may be left out. */
  push(item: T): void {
    this.#last.push(item);
    if (this.#last.length === itemsOfBlock) this.#blocks.push(this.#keep(pack(this.#last.splice(0))));
  }

  /** Reads the list a last time: what was read of it is let go, and in the end it is empty. */
  *drain(): Generator<T, void> {
    const blocks = this.#blocks.splice(0).toReversed();
    const last = this.#last.splice(0);
    for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) yield* this.#unpack(block);
    yield* last;
  }

  /** A copy beside the other blocks. */
  #keep(block: Buffer): Buffer {
    if (block.length > this.#room.length)
      this.#room = Buffer.allocUnsafeSlow(Math.max(roomBytes, block.length));
    const place = this.#room.subarray(0, block.length);
    place.set(block);
    this.#room = this.#room.subarray(block.length);
    return place;
  }

  #unpack(block: Buffer): readonly T[] {
    const text = inflateRawSync(block, { windowBits: deflation.windowBits, chunkSize: usualTextBytes });
    // It was a list of T when it was written, and nobody else has the bytes.
    const items: readonly T[] = JSON.parse(text.toString("utf8"));
    return items;
  }
}

/** A packed list of these items. */
export function packedList<T>(items: Iterable<T>): PackedList<T> {
  const list = new PackedList<T>();
  for (const item of items) list.push(item);
  return list;
}

function pack(items: readonly unknown[]): Buffer {
  return deflateRawSync(JSON.stringify(items), deflation);
}
