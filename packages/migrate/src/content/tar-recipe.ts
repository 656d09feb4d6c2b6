import type { JsonObject, ReadableFile, Recipe, Sequence, SourceFile } from "@sessionsmith/core";
import { nameIn } from "../name-in.ts";

/** The name by which a plan asks for {@link tarRecipe}. */
export const tarRecipeName = "legacy-backup";

/** The parameters of a plan's step: the directory that the names of the files are relative to; absolute. */
export function tarParams(root: string): JsonObject {
  return { root };
}

const blockBytes = 512;
const chunkBytes = 2 ** 20;

/**
 * Puts files into one tar archive (POSIX pax format), streaming: first `manifest.json`, which says of each file where its bytes
 * begin in the archive, how many there are and their sha256, then the files with their modes and times. A chunk is valid until
 * the next one is asked for.
 */
export const tarRecipe: Recipe = function* (inputs, { root }, sources) {
  if (typeof root !== "string")
    throw new Error("a backup needs the directory that its names are relative to");
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for (const { length, read } of archivePieces(backupFiles(inputs, sources, root))) {
    for (let at = 0; at < length;) {
      const count = read(chunk.subarray(filled, filled + length - at), at);
      if (count === 0) throw new Error("a file got shorter while it was copied");
      at += count;
      filled += count;
      if (filled < chunkBytes) continue;
      yield chunk;
      filled = 0;
    }
  }
  yield chunk.subarray(0, filled);
};

/** A piece of the archive, which is read straight to where it goes. */
interface ArchivePiece {
  readonly length: number;
  /** Fills `into` from a position of the piece on, as far as it goes; tells how many bytes that were. */
  readonly read: (into: Uint8Array, position: number) => number;
}

function* archivePieces(files: Iterable<BackupFile>): Generator<ArchivePiece, void> {
  const layout = layOut(files);
  const { room } = layout;
  yield made(headerBlocks("manifest.json", { size: room, mode: 0o600, mtimeMs: 0 }));
  let left = room;
  for (const text of manifestTexts(files, layout)) {
    const bytes = Buffer.from(text, "utf8");
    left -= bytes.length;
    yield made(bytes);
  }
  yield made(Buffer.alloc(left, " "));
  for (const { file, name } of files) {
    const { fact } = file;
    yield made(fileHeader(name, fact));
    yield { length: fact.size, read: (into, position) => file.read(into, position) };
    yield made(zeros.subarray(0, padding(fact.size)));
  }
  yield made(zeros);
}

/** The end of an archive, and more than any padding. */
const zeros = Buffer.alloc(2 * blockBytes);

function made(bytes: Buffer): ArchivePiece {
  return { length: bytes.length, read: (into, position) => bytes.copy(into, 0, position) };
}

interface BackupFile {
  readonly file: ReadableFile;
  /** The path relative to what was migrated. */
  readonly name: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Where everything lies in an archive. */
interface ArchiveLayout {
  /** Bytes that the manifest takes. */
  readonly room: number;
  /** Where the bytes of each file begin, from the end of the manifest on. */
  readonly begins: readonly number[];
}

/** The offsets depend on the length of the manifest, which has them in it: lengthened until it fits. */
function layOut(files: Iterable<BackupFile>): ArchiveLayout {
  const begins: number[] = [];
  let fixedLength = manifestStart.length + manifestEnd.length;
  let end = 0;
  for (const one of files) {
    const { size } = one.file.fact;
    const begin = end + headerLength(one.name, size);
    if (begins.length > 0) fixedLength += 1;
    fixedLength += Buffer.byteLength(manifestText(one, 0)) - 1;
    begins.push(begin);
    end = begin + size + padding(size);
  }
  for (let room = 0; ;) {
    const start = blockBytes + room;
    const length = begins.reduce((sum, begin) => sum + String(start + begin).length, fixedLength);
    const needed = length + padding(length);
    if (needed <= room) return { room, begins };
    room = needed;
  }
}

const manifestStart = '{"version":1,"files":[';
const manifestEnd = "]}\n";

/** The manifest, file by file, so that it never is one text. */
function* manifestTexts(
  files: Iterable<BackupFile>,
  { room, begins }: ArchiveLayout,
): Generator<string, void> {
  yield manifestStart;
  let n = 0;
  for (const one of files) {
    const text = manifestText(one, blockBytes + room + (begins[n] ?? 0));
    yield n === 0 ? text : `,${text}`;
    n += 1;
  }
  yield manifestEnd;
}

function manifestText({ file, name, sha256 }: BackupFile, offset: number): string {
  return JSON.stringify({ name, offset, size: file.fact.size, sha256 });
}

function fileHeader(name: string, { size, mode, mtimeNs }: ReadableFile["fact"]): Buffer {
  return headerBlocks(name, { size, mode, mtimeMs: Number(mtimeNs / 1_000_000n) });
}

interface TarFacts {
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly type?: "0" | "x";
}

function isPlain(name: string, size: number): boolean {
  return Buffer.byteLength(name) <= 100 && /^[\x20-\x7e]*$/.test(name) && size < 8 ** 11;
}

function headerLength(name: string, size: number): number {
  if (isPlain(name, size)) return blockBytes;
  const { length } = extendedFacts(name, size);
  return 2 * blockBytes + length + padding(length);
}

function extendedFacts(name: string, size: number): Buffer {
  return Buffer.concat([record("path", name), record("size", String(size))]);
}

/** A name that a plain header can't hold, or a size beyond 8 GiB, stands in a header of its own before it. */
function headerBlocks(name: string, facts: TarFacts): Buffer {
  if (isPlain(name, facts.size)) return header(name, facts);
  const extended = extendedFacts(name, facts.size);
  const before = header("pax", { size: extended.length, mode: 0o600, mtimeMs: 0, type: "x" });
  return Buffer.concat([before, padded(extended), header("file", { ...facts, size: facts.size % 8 ** 11 })]);
}

/** `<length> <name>=<value>\n`, where the length counts its own digits. */
function record(name: string, value: string): Buffer {
  const rest = ` ${name}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const digits = String(bytes + String(bytes).length).length;
  return Buffer.from(`${bytes + digits}${rest}`, "utf8");
}

function header(name: string, { size, mode, mtimeMs, type = "0" }: TarFacts): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 100, "utf8");
  writeOctal(block, mode & 0o7777, { at: 100, digits: 7 });
  writeOctal(block, 0, { at: 108, digits: 7 });
  writeOctal(block, 0, { at: 116, digits: 7 });
  writeOctal(block, size, { at: 124, digits: 11 });
  writeOctal(block, Math.max(0, Math.floor(mtimeMs / 1000)), { at: 136, digits: 11 });
  block.write("        ", 148, "latin1");
  block.write(type, 156, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  let sum = 0;
  for (const byte of block) sum += byte;
  writeOctal(block, sum, { at: 148, digits: 6 });
  block[154] = 0;
  return block;
}

function writeOctal(
  block: Buffer,
  value: number,
  { at, digits }: { readonly at: number; readonly digits: number },
): void {
  block.write(value.toString(8).padStart(digits, "0"), at, "latin1");
}

function padding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padding(bytes.length))]);
}

/** The files with their names, made anew for each reading. */
function backupFiles(
  inputs: Sequence<ReadableFile>,
  sources: Sequence<SourceFile>,
  root: string,
): Iterable<BackupFile> {
  return {
    *[Symbol.iterator]() {
      const described = sources[Symbol.iterator]();
      for (const file of inputs) {
        const source = described.next();
        if (source.done === true) throw new Error("a backup needs a source for each input");
        const { path, sha256 } = source.value;
        yield { file, name: nameIn(root, path), sha256 };
      }
    },
  };
}
