import {
  closeSync,
  fstatSync,
  lstatSync,
  readSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type BigIntStats,
} from "node:fs";
import { errnoOf } from "../errno.ts";
import { fileFactOf } from "./file-fact-of.ts";
import { openForReading } from "./node-open.ts";
import type { FileFact, ReadableFile, ReadFs } from "./read-fs.ts";
import { tellPath } from "./tell-path.ts";

/** Node refuses to read 2 GiB or more in one call. */
const largestReadBytes = 2 ** 30;

/** An error is an expensive way to say that a file is not there; of ENOENT alone Node makes none. */
const statOptions = { bigint: true, throwIfNoEntry: false } as const;

/** The disk of this machine, read synchronously. */
export const nodeReadFs: ReadFs = {
  lstat: (path) => factOrAbsent(lstatSync(path, statOptions)),
  stat: (path) => factOrAbsent(statSync(path, statOptions)),
  readdir: (path) => unlessAbsent(() => readdirSync(path).toSorted()),
  realpath: (path) => unlessAbsent(() => realpathSync.native(path)),
  readlink: (path) => unlessAbsent(() => readlinkSync(path)),
  withFile: (path, use) => {
    const descriptor = unlessAbsent(() => openForReading(path));
    if (descriptor === undefined) return undefined;
    try {
      return tellPath(path, () => use(new OpenedFile(descriptor)));
    } finally {
      closeSync(descriptor);
    }
  },
};

function factOrAbsent(stats: BigIntStats | undefined): FileFact | undefined {
  return stats === undefined ? undefined : fileFactOf(stats);
}

/** Only ENOENT means absent; every other failure is thrown as it came. */
function unlessAbsent<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The same, asked for what the file is only by whoever wants to know: the header of a listed transcript can do without. */
class OpenedFile implements ReadableFile {
  readonly #descriptor: number;
  #fact: FileFact | undefined;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  get fact(): FileFact {
    return (this.#fact ??= fileFactOf(fstatSync(this.#descriptor, { bigint: true })));
  }

  read(into: Uint8Array, position: number): number {
    return readFully(this.#descriptor, into, position);
  }
}

/** What can be read of an open descriptor. */
export function readableFile(descriptor: number): ReadableFile {
  return {
    fact: fileFactOf(fstatSync(descriptor, { bigint: true })),
    read: (into, position) => readFully(descriptor, into, position),
  };
}

function readFully(descriptor: number, into: Uint8Array, position: number): number {
  let done = 0;
  while (done < into.byteLength) {
    const wanted = Math.min(into.byteLength - done, largestReadBytes);
    const count = readSync(descriptor, into, done, wanted, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
