/** An item with its place in the input, which decides between equals. */
interface Placed<T> {
  readonly item: T;
  readonly place: number;
}

type Order<T> = (a: Placed<T>, b: Placed<T>) => number;

/**
 * Returns the first `limit` items of the order that `compare` makes; items that compare equal keep their order.
 * Takes O(n log limit) time and holds no more than `limit` items: the newest 100 of 100,000 rows need no sort of them all.
 */
export function selectNewest<T>(items: Iterable<T>, limit: number, compare: (a: T, b: T) => number): T[] {
  if (limit <= 0) return [];
  const order: Order<T> = (a, b) => compare(a.item, b.item) || a.place - b.place;
  const heap: Placed<T>[] = []; // its first element comes last in the order
  let place = 0;
  for (const item of items) {
    const last = heap[0];
    // Most items of a long input come after all that are held; of two that are equal the later one does.
    if (heap.length === limit && last !== undefined && compare(item, last.item) >= 0) continue;
    const next = { item, place };
    place += 1;
    if (heap.length < limit) lift(heap, next, order);
    else sinkBelow(heap, next, order);
  }
  return heap.toSorted(order).map((placed) => placed.item);
}

/** Adds an item to the heap. */
function lift<T>(heap: Placed<T>[], next: Placed<T>, order: Order<T>): void {
  let at = heap.length;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || order(parent, next) > 0) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = next;
}

/** Puts an item in the place of the first element, which comes after it in the order. */
function sinkBelow<T>(heap: Placed<T>[], next: Placed<T>, order: Order<T>): void {
  let at = 0;
  for (;;) {
    const below = laterChild(heap, at, order);
    const child = heap[below];
    if (child === undefined || order(next, child) > 0) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = next;
}

/** The place of the child that comes later in the order; past the end if there is none. */
function laterChild<T>(heap: readonly Placed<T>[], at: number, order: Order<T>): number {
  const left = heap[2 * at + 1];
  const right = heap[2 * at + 2];
  return left !== undefined && right !== undefined && order(right, left) > 0 ? 2 * at + 2 : 2 * at + 1;
}
