import type { FileIdentity } from "../plan/step.ts";

/** The members of an identity, each a number of 64 bits. */
const numbersEach = 4;

/**
 * What new content that lies ready is known by, by step number. There may be as much of it as there are sessions, so the numbers
 * stand in one row each, not in an object with four texts.
 */
export class StagedFiles {
  #numbers = new BigInt64Array(0);
  #known = new Uint8Array(0);

  has(n: number): boolean {
    return this.#known[n] === 1;
  }

  get(n: number): FileIdentity | undefined {
    if (!this.has(n)) return undefined;
    const at = n * numbersEach;
    const [dev = 0n, ino = 0n, size = 0n, mtimeNs = 0n] = this.#numbers.subarray(at, at + numbersEach);
    return { dev: String(dev), ino: String(ino), size: Number(size), mtimeNs: String(mtimeNs) };
  }

  set(n: number, { dev, ino, size, mtimeNs }: FileIdentity): void {
    if (n >= this.#known.length) this.#grow(n);
    this.#numbers.set([BigInt(dev), BigInt(ino), BigInt(size), BigInt(mtimeNs)], n * numbersEach);
    this.#known[n] = 1;
  }

  delete(n: number): void {
    if (this.has(n)) this.#known[n] = 0;
  }

  #grow(n: number): void {
    const length = Math.max(n + 1, this.#known.length * 2);
    const [numbers, known] = [new BigInt64Array(length * numbersEach), new Uint8Array(length)];
    numbers.set(this.#numbers);
    known.set(this.#known);
    this.#numbers = numbers;
    this.#known = known;
  }
}
