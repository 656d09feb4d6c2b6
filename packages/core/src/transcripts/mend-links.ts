import { createHash } from "node:crypto";
import type { Link, LinkWatch } from "./link-watch.ts";

/** What a record is linked by after mending. `parentId` is undefined if it stays as it is. */
export interface MendedLink {
  /** A new id, if it gets one. */
  readonly newId: string | undefined;
  readonly parentId: string | null | undefined;
}

/**
 * Gives the records of a transcript sound links, in file order: a second record of the same id gets an id of its own, a missing
 * parent becomes the record before, and what follows a record whose place was taken follows what stands there now.
 */
export class MendLinks {
  readonly #known: LinkWatch;
  readonly #made = new Set<string>();
  /** The id under which records are followed now, by the id that they name. */
  readonly #now = new Map<string, string>();
  #last: string | undefined;

  /** @param known knows every id of the file */
  constructor(known: LinkWatch) {
    this.#known = known;
  }

  /** The links of the next record. `offset` is where it begins. */
  next(link: Link, offset: number): MendedLink {
    const { id, parentId, twin, parentMissing } = link;
    const now = parentId === undefined ? undefined : this.#now.get(parentId);
    const parent = parentMissing ? (this.#last ?? null) : now;
    const newId = id !== undefined && twin === "other" ? this.freshId(`${id}:${offset}`) : undefined;
    if (id !== undefined) this.#follow(id, newId ?? id);
    return { newId, parentId: parent };
  }

  /** A record was put after the last one; what followed that follows this now. */
  putAfter(lastId: string, id: string): void {
    this.#follow(lastId, id);
  }

  /** The id of the last record that has one. */
  get last(): string | undefined {
    return this.#last;
  }

  /** An id of eight hex digits that no record has; the same seed gives the same one. */
  freshId(seed: string): string {
    for (let n = 0; ; n += 1) {
      const id = createHash("sha256").update(`${seed}:${n}`).digest("hex").slice(0, 8);
      if (this.#known.has(id) || this.#made.has(id)) continue;
      this.#made.add(id);
      return id;
    }
  }

  #follow(named: string, id: string): void {
    if (named === id) this.#now.delete(named);
    else this.#now.set(named, id);
    this.#last = id;
  }
}
