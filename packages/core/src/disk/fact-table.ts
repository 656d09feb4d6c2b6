import type { FileFact, FileKind } from "./read-fs.ts";

const bigintsEach = 4;
const numbersEach = 5;

/**
 * Holds the facts of many files in columns: an object with four bigints for each of 100,000 files is the largest part of what a scan
 * keeps, and the collection of garbage moves all of it twice.
 */
export class FactTable {
  readonly #columns: Columns;
  #count = 0;

  /** @param capacity how many facts are added at most; one more throws a RangeError */
  constructor(capacity: number) {
    this.#columns = {
      bigints: new BigInt64Array(capacity * bigintsEach),
      numbers: new Float64Array(capacity * numbersEach),
      kinds: new Uint8Array(capacity),
    };
  }

  /**
   * Adds a fact and returns the same one, held here. Its members are getters, so `{ ...fact }` copies none of them.
   * Bigints are held in 64 bits with a sign, as Node takes them from the system.
   */
  add(fact: FileFact): FileFact {
    const { bigints, numbers, kinds } = this.#columns;
    const row = this.#count;
    if (row * numbersEach >= numbers.length) throw new RangeError("more files than there is room for");
    // One by one: a list for each file would be garbage, and is copied slowly.
    const bigint = row * bigintsEach;
    bigints[bigint] = fact.dev;
    bigints[bigint + 1] = fact.ino;
    bigints[bigint + 2] = fact.mtimeNs;
    bigints[bigint + 3] = fact.ctimeNs;
    const number = row * numbersEach;
    numbers[number] = fact.size;
    numbers[number + 1] = fact.mode;
    numbers[number + 2] = fact.nlink;
    numbers[number + 3] = fact.uid;
    numbers[number + 4] = fact.gid;
    kinds[row] = fileKinds.indexOf(fact.kind);
    this.#count += 1;
    return new HeldFact(this.#columns, row);
  }

  /** The fact that was added as the n-th, counted from 0; undefined if there is none. */
  at(n: number): FileFact | undefined {
    return n < this.#count ? new HeldFact(this.#columns, n) : undefined;
  }
}

interface Columns {
  readonly bigints: BigInt64Array;
  readonly numbers: Float64Array;
  /** Positions in {@link fileKinds}. */
  readonly kinds: Uint8Array;
}

const fileKinds: readonly FileKind[] = ["file", "directory", "symlink", "fifo", "socket", "device"];

class HeldFact implements FileFact {
  readonly #columns: Columns;
  readonly #row: number;

  constructor(columns: Columns, row: number) {
    this.#columns = columns;
    this.#row = row;
  }

  get kind(): FileKind {
    return fileKinds[this.#columns.kinds[this.#row] ?? 0] ?? "file";
  }

  get dev(): bigint {
    return this.#bigint(0);
  }

  get ino(): bigint {
    return this.#bigint(1);
  }

  get mtimeNs(): bigint {
    return this.#bigint(2);
  }

  get ctimeNs(): bigint {
    return this.#bigint(3);
  }

  get size(): number {
    return this.#number(0);
  }

  get mode(): number {
    return this.#number(1);
  }

  get nlink(): number {
    return this.#number(2);
  }

  get uid(): number {
    return this.#number(3);
  }

  get gid(): number {
    return this.#number(4);
  }

  #bigint(column: number): bigint {
    return this.#columns.bigints[this.#row * bigintsEach + column] ?? 0n;
  }

  #number(column: number): number {
    return this.#columns.numbers[this.#row * numbersEach + column] ?? 0;
  }
}
