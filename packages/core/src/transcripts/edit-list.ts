import type { ByteRange } from "../session-index/index-document.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";

/** Collects edits of a file in file order, and the bytes that they set aside. Edits that touch each other become one. */
export class EditList {
  readonly #edits: SpliceEdit[] = [];
  readonly #aside: ByteRange[] = [];

  /** Puts a text at an offset, after what was put there before. */
  insert(at: number, insert: string): void {
    this.replace(at, at, insert);
  }

  /** Takes bytes out, and puts a text in their place. */
  replace(start: number, end: number, insert = ""): void {
    if (end > start || insert !== "") this.#add({ at: start, remove: end - start, insert });
  }

  /** Takes bytes out that must be kept elsewhere. */
  setAside({ start, end }: ByteRange): void {
    if (end > start) this.#aside.push({ start, end });
    this.replace(start, end);
  }

  edits(): readonly SpliceEdit[] {
    return this.#edits;
  }

  /** What was set aside, in file order. */
  aside(): readonly ByteRange[] {
    return this.#aside;
  }

  #add(edit: SpliceEdit): void {
    const last = this.#edits.at(-1);
    if (last === undefined || last.at + last.remove < edit.at) this.#edits.push(edit);
    else if (last.at + last.remove > edit.at) throw new Error(`edits that overlap at byte ${edit.at}`);
    else {
      const joined = { at: last.at, remove: last.remove + edit.remove, insert: last.insert + edit.insert };
      this.#edits.splice(-1, 1, joined);
    }
  }
}

/** The edits that leave nothing of a file but some of its ranges, each ended by a line feed. */
export function editsKeeping(ranges: readonly ByteRange[], size: number): readonly SpliceEdit[] {
  const edits: SpliceEdit[] = [];
  let at = 0;
  for (const [n, { start, end }] of ranges.entries()) {
    const insert = n === 0 ? "" : "\n";
    if (start > at || insert !== "") edits.push({ at, remove: start - at, insert });
    at = end;
  }
  return [...edits, { at, remove: size - at, insert: "\n" }];
}
