/** The text of a damaged index: UTF-8 as far as it is sound. */
export interface IndexText {
  readonly bytes: Buffer;
  /** Where the text begins: behind a byte order mark. */
  readonly start: number;
  /** False if the file was in another encoding: then no offset of the text is one of the file. */
  readonly exact: boolean;
}

const utf8Mark = Buffer.of(0xef, 0xbb, 0xbf);
const openBrace = 0x7b;

/** Finds the text of an index that may be UTF-16, or begin with a byte order mark. Nothing is lost on the way. */
export function indexTextOf(bytes: Buffer): IndexText {
  if (bytes.subarray(0, 3).equals(utf8Mark)) return { bytes, start: 3, exact: true };
  const wide = wideEncoding(bytes);
  if (wide === undefined) return { bytes, start: 0, exact: true };
  const even = Buffer.from(bytes.subarray(wide.start, bytes.length - ((bytes.length - wide.start) % 2)));
  const text = (wide.swapped ? even.swap16() : even).toString("utf16le");
  return { bytes: Buffer.from(text, "utf8"), start: 0, exact: false };
}

/** UTF-16 is told by its mark, or by how an opening brace and the character behind it look in it. */
function wideEncoding(bytes: Buffer): { readonly start: number; readonly swapped: boolean } | undefined {
  const [first, second, third, fourth] = bytes.subarray(0, 4);
  if (first === 0xff && second === 0xfe) return { start: 2, swapped: false };
  if (first === 0xfe && second === 0xff) return { start: 2, swapped: true };
  if (first === openBrace && second === 0 && third !== 0 && fourth === 0) return { start: 0, swapped: false };
  const isSwapped = first === 0 && second === openBrace && third === 0 && fourth !== 0;
  return isSwapped ? { start: 0, swapped: true } : undefined;
}
