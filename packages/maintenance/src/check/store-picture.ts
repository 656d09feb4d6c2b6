import { type FileClass, measureFields, type StoreSurvey } from "@sessionsmith/core";

/** What takes the space of a store. */
export interface StorePicture {
  /** Counted rows; null if the index can't be read. */
  readonly sessions: number | null;
  /** Every class of file that is there, the one with the most bytes first. */
  readonly files: readonly FileClassSize[];
  /** Every field of the rows, the one with the most bytes first; empty if the index can't be read. */
  readonly fields: readonly FieldSize[];
}

/** What the files of one class take. */
export interface FileClassSize {
  /** `index`, or what the names of the files say that they are. */
  readonly class: FileClass["kind"] | "index";
  readonly count: number;
  readonly bytes: number;
}

/** What one field takes in all rows. */
export interface FieldSize {
  /** Its name; `*` for all fields with unusual names together. */
  readonly field: string;
  readonly rows: number;
  /** Bytes of names and values. */
  readonly bytes: number;
}

/** Adds up the bytes of a store by class of file, and those of its index by field. */
export function storePicture({ snapshot, files }: StoreSurvey): StorePicture {
  const classes = new Map<FileClassSize["class"], { count: number; bytes: number }>();
  const add = (name: FileClassSize["class"], bytes: number): void => {
    const known = classes.get(name);
    if (known === undefined) {
      classes.set(name, { count: 1, bytes });
      return;
    }
    known.count += 1;
    known.bytes += bytes;
  };
  if (snapshot !== undefined) add("index", snapshot.fingerprint.size);
  for (const { fact, nameClass } of files.values()) if (fact.kind === "file") add(nameClass.kind, fact.size);
  const fields = snapshot === undefined ? [] : [...measureFields(snapshot.document)];
  return {
    sessions: snapshot?.rows.length ?? null,
    files: byBytes([...classes].map(([name, size]) => ({ class: name, ...size }))),
    fields: byBytes(fields.map(([field, size]) => ({ field, ...size }))),
  };
}

function byBytes<T extends { readonly bytes: number }>(sizes: readonly T[]): readonly T[] {
  return sizes.toSorted((a, b) => b.bytes - a.bytes);
}
