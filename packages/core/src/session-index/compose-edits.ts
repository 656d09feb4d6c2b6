import type { SpliceEdit } from "./splice-edit.ts";

/** A stretch of the file that edits make: bytes of the first file, or new ones. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: Buffer };

/**
 * Makes of edits on a file, and edits on what these make of it, edits on the file that do both at once.
 * @param size bytes of the file
 */
export function composeEdits(
  size: number,
  first: readonly SpliceEdit[],
  second: readonly SpliceEdit[],
): readonly SpliceEdit[] {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  return editsOf(size, edited(piecesOf(size, first), second));
}

function piecesOf(size: number, edits: readonly SpliceEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, remove, insert } of edits) {
    pieces.push({ start: done, end: at }, { text: Buffer.from(insert) });
    done = at + remove;
  }
  pieces.push({ start: done, end: size });
  return pieces.filter((piece) => lengthOf(piece) > 0);
}

/** Walks both lists once. */
function edited(pieces: readonly Piece[], edits: readonly SpliceEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let next = 0; // piece
  let within = 0; // bytes of it that are done
  let position = 0;
  const walkTo = (end: number, keep: boolean): void => {
    while (position < end) {
      const piece = pieces[next];
      if (piece === undefined) throw new RangeError(`an edit at ${end} leaves the file`);
      const count = Math.min(end - position, lengthOf(piece) - within);
      if (keep) result.push(cut(piece, within, within + count));
      position += count;
      within += count;
      if (within < lengthOf(piece)) continue;
      next += 1;
      within = 0;
    }
  };
  for (const { at, remove, insert } of edits) {
    walkTo(at, true);
    walkTo(at + remove, false);
    if (insert !== "") result.push({ text: Buffer.from(insert) });
  }
  if (within > 0) {
    const piece = pieces[next];
    if (piece !== undefined) result.push(cut(piece, within, lengthOf(piece)));
    next += 1;
  }
  for (const piece of pieces.slice(next)) result.push(piece);
  return result;
}

function editsOf(size: number, pieces: readonly Piece[]): readonly SpliceEdit[] {
  const edits: SpliceEdit[] = [];
  let done = 0;
  let texts: Buffer[] = [];
  const close = (start: number): void => {
    const insert = Buffer.concat(texts).toString("utf8");
    if (start > done || insert !== "") edits.push({ at: done, remove: start - done, insert });
    texts = [];
  };
  for (const piece of pieces) {
    if ("text" in piece) {
      texts.push(piece.text);
      continue;
    }
    close(piece.start);
    done = piece.end;
  }
  close(size);
  return edits;
}

function lengthOf(piece: Piece): number {
  return "text" in piece ? piece.text.length : piece.end - piece.start;
}

function cut(piece: Piece, from: number, to: number): Piece {
  if ("text" in piece) return { text: piece.text.subarray(from, to) };
  return { start: piece.start + from, end: piece.start + to };
}
