/**
 * A list that is read from its beginning: an array, or a list whose items are made each time they are read. A plan has such lists
 * because it may have as many steps and decisions as there are sessions.
 */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
  /** The item at a position from 0 (from the end if negative), or undefined. A list that is made has to be read up to it. */
  at(n: number): T | undefined;
  entries(): Iterable<[number, T]>;
  every(test: (item: T, n: number) => boolean): boolean;
  filter<S extends T>(test: (item: T, n: number) => item is S): S[];
  filter(test: (item: T, n: number) => boolean): T[];
  find<S extends T>(test: (item: T, n: number) => item is S): S | undefined;
  find(test: (item: T, n: number) => boolean): T | undefined;
  flatMap<U>(make: (item: T, n: number) => U | readonly U[]): U[];
  map<U>(make: (item: T, n: number) => U): U[];
  some(test: (item: T, n: number) => boolean): boolean;
}

/** A sequence whose items are made each time they are read, so that it takes no memory for them. */
export abstract class LazySequence<T> implements Sequence<T> {
  abstract get length(): number;

  abstract [Symbol.iterator](): Iterator<T>;

  at(n: number): T | undefined {
    const wanted = n < 0 ? this.length + n : n;
    for (const [position, item] of this.entries()) if (position === wanted) return item;
    return undefined;
  }

  *entries(): Generator<[number, T], void> {
    let n = 0;
    for (const item of this) {
      yield [n, item];
      n += 1;
    }
  }

  every(test: (item: T, n: number) => boolean): boolean {
    return !this.some((item, n) => !test(item, n));
  }

  filter<S extends T>(test: (item: T, n: number) => item is S): S[];
  filter(test: (item: T, n: number) => boolean): T[];
  filter(test: (item: T, n: number) => boolean): T[] {
    const kept: T[] = [];
    for (const [n, item] of this.entries()) if (test(item, n)) kept.push(item);
    return kept;
  }

  find<S extends T>(test: (item: T, n: number) => item is S): S | undefined;
  find(test: (item: T, n: number) => boolean): T | undefined;
  find(test: (item: T, n: number) => boolean): T | undefined {
    for (const [n, item] of this.entries()) if (test(item, n)) return item;
    return undefined;
  }

  flatMap<U>(make: (item: T, n: number) => U | readonly U[]): U[] {
    const made: U[] = [];
    for (const [n, item] of this.entries()) made.push(...[item].flatMap((one) => make(one, n)));
    return made;
  }

  map<U>(make: (item: T, n: number) => U): U[] {
    return Array.from(this, make);
  }

  some(test: (item: T, n: number) => boolean): boolean {
    for (const [n, item] of this.entries()) if (test(item, n)) return true;
    return false;
  }

  /** So that it is written as a list. */
  toJSON(): readonly T[] {
    return [...this];
  }
}

/** Tells a sequence, of either sort, from any other value. */
export function isSequence(value: unknown): value is Sequence<unknown> {
  return Array.isArray(value) || value instanceof LazySequence;
}

class MadeSequence<T> extends LazySequence<T> {
  readonly #count: () => number;
  readonly #make: () => Iterable<T>;

  constructor(count: () => number, make: () => Iterable<T>) {
    super();
    this.#count = count;
    this.#make = make;
  }

  override get length(): number {
    return this.#count();
  }

  override [Symbol.iterator](): Iterator<T> {
    return this.#make()[Symbol.iterator]();
  }
}

/**
 * What a function makes each time it is called, which must be the same each time.
 * @param count how many items that are
 */
export function lazySequence<T>(count: number, make: () => Iterable<T>): Sequence<T> {
  return new MadeSequence(() => count, make);
}

/** The same for a function that is to be called once at first, to count the items. */
export function counted<T>(make: () => Iterable<T>): Sequence<T> {
  let count = 0;
  for (const _ of make()) count += 1;
  return lazySequence(count, make);
}

/** The same items one by one as something else; nothing is made before it is read. */
export function viewOf<T, U>(items: Sequence<T>, make: (item: T, n: number) => U): Sequence<U> {
  function* made(): Generator<U, void> {
    let n = 0;
    for (const item of items) {
      yield make(item, n);
      n += 1;
    }
  }
  return new MadeSequence(() => items.length, made);
}

/** All items of some sequences, one after the other; nothing is made before it is read. */
export function joined<T>(lists: readonly Sequence<T>[]): Sequence<T> {
  function* items(): Generator<T, void> {
    for (const list of lists) yield* list;
  }
  return new MadeSequence(() => lists.reduce((sum, { length }) => sum + length, 0), items);
}

/** All items of some sequences that are each in order, in order; nothing is made before it is read. */
export function merged<T>(lists: readonly Sequence<T>[], compare: (a: T, b: T) => number): Sequence<T> {
  function* items(): Generator<T, void> {
    const heads = lists.flatMap((list) => headOf(list[Symbol.iterator]()));
    while (heads.length > 0) {
      const first = heads.reduce((least, head) => (compare(head.item, least.item) < 0 ? head : least));
      yield first.item;
      const next = first.rest.next();
      if (next.done === true) heads.splice(heads.indexOf(first), 1);
      else first.item = next.value;
    }
  }
  return new MadeSequence(() => lists.reduce((sum, { length }) => sum + length, 0), items);
}

function headOf<T>(rest: Iterator<T>): readonly { item: T; readonly rest: Iterator<T> }[] {
  const first = rest.next();
  return first.done === true ? [] : [{ item: first.value, rest }];
}
