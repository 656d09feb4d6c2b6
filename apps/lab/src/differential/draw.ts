/** A source of numbers in [0, 1). */
export type Random = () => number;

/** One of at least one. */
export function pick<T>(random: Random, [first, ...rest]: readonly [T, ...T[]]): T {
  const at = Math.floor(random() * (rest.length + 1));
  return rest[at - 1] ?? first;
}

/** A whole number from `min` to `max`, both included. */
export function drawInteger(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** True in that part of the cases. */
export function happens(random: Random, part: number): boolean {
  return random() < part;
}

/** A version 4 UUID. */
export function drawUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => drawInteger(random, 0, 15).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
