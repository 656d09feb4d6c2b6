import { deserialize, serialize } from "node:v8";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LazySequence } from "./sequence.ts";

/** Items that become one block of bytes: enough for deflate to find what they share, few enough to be objects at once. */
const itemsOfBlock = 128;

/**
 * A list of plain data that may be very long: it keeps its items as compressed bytes, about a tenth of what they take as objects,
 * and makes them anew, a block at a time, whenever it is read.
 */
export class PackedList<T> extends LazySequence<T> {
  readonly #blocks: Buffer[];
  readonly #last: T[];

  constructor() {
    const blocks: Buffer[] = [];
    const last: T[] = [];
    super(
      () => blocks.length * itemsOfBlock + last.length,
      function* () {
        for (const block of blocks) yield* unpack<T>(block);
        yield* last;
      },
    );
    this.#blocks = blocks;
    this.#last = last;
  }

  /** Adds an item at the end: anything that can be cloned, without functions and without objects of classes. */
  push(item: T): void {
    this.#last.push(item);
    if (this.#last.length === itemsOfBlock)
      this.#blocks.push(deflateRawSync(serialize(this.#last.splice(0)), { level: 1 }));
  }
}

/** A packed list of these items. */
export function packedList<T>(items: Iterable<T>): PackedList<T> {
  const list = new PackedList<T>();
  for (const item of items) list.push(item);
  return list;
}

function unpack<T>(block: Buffer): readonly T[] {
  // It was a list of T when it was serialized, and nobody else has the bytes.
  const items: readonly T[] = deserialize(inflateRawSync(block));
  return items;
}
