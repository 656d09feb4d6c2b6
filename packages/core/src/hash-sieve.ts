/** Rooms of a new sieve; a power of two. */
const firstRooms = 64;

/** A set of hashes of 32 bits, in 6 to 12 bytes each where a set of texts takes a hundred. */
export class HashSieve {
  /** By hash, or in the next free room; 0 is a free one. */
  #rooms = new Uint32Array(firstRooms);
  #count = 0;

  /** Adds a hash, and tells whether it is a new one. 0 and 1 are taken for the same. */
  add(hash: number): boolean {
    // At most two thirds of the rooms are taken, so that a free one is near.
    if (this.#count * 3 >= this.#rooms.length * 2) this.#grow();
    const isNew = put(this.#rooms, hash);
    if (isNew) this.#count += 1;
    return isNew;
  }

  #grow(): void {
    const rooms = new Uint32Array(this.#rooms.length * 2);
    for (const hash of this.#rooms) if (hash !== 0) put(rooms, hash);
    this.#rooms = rooms;
  }
}

function put(rooms: Uint32Array, hash: number): boolean {
  // As a room holds it: without a sign.
  const kept = hash >>> 0 || 1;
  const mask = rooms.length - 1;
  let room = kept & mask;
  for (let there = rooms[room]; there !== 0; there = rooms[room]) {
    if (there === kept) return false;
    room = (room + 1) & mask;
  }
  rooms[room] = kept;
  return true;
}

/** A hash of 32 bits of a text: FNV-1a over its code units, with the bits mixed at the end. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
