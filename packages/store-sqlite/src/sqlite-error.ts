import { errnoOf, isStoreError, StoreError, type StoreErrorCode } from "@sessionsmith/core";

/** What SQLite's codes mean for an operator; the longer codes begin with one of these. */
const meanings: readonly (readonly [prefix: string, code: StoreErrorCode, what: string, hint: string])[] = [
  ["SQLITE_BUSY", "E_LOCKED", "is in use by another program", "Try again when that is done."],
  ["SQLITE_LOCKED", "E_LOCKED", "is in use by another program", "Try again when that is done."],
  ["SQLITE_CORRUPT", "E_CORRUPT_INDEX", "is damaged", "Take a copy, and restore the last backup."],
  ["SQLITE_NOTADB", "E_CORRUPT_INDEX", "is no SQLite database", "Check the path."],
  ["SQLITE_FULL", "E_IO", "could not be written: the disk is full", "Make room, then try again."],
  ["SQLITE_READONLY", "E_IO", "can't be written", "Check who may write the file and its directory."],
  ["SQLITE_CANTOPEN", "E_IO", "can't be opened", "Check the path, and who may write there."],
  ["SQLITE_IOERR", "E_IO", "can't be read or written", "Check the disk."],
  ["SQLITE_PERM", "E_IO", "can't be opened by this user", "Check who may read the file."],
];

/** What SQLite says when somebody else is writing. */
export function isBusy(error: unknown): boolean {
  return codeOf(error)?.startsWith("SQLITE_BUSY") === true;
}

/** Turns an error of SQLite, or of the file system, into one that says which database it is about; any other stays as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  if (isStoreError(error)) return error;
  const code = codeOf(error);
  const found = code === undefined ? undefined : meanings.find(([prefix]) => code.startsWith(prefix));
  if (found !== undefined) {
    const [, storeCode, what, hint] = found;
    const message = `${path} ${what} (${code}). Nothing was changed.`;
    return new StoreError(storeCode, message, {
      hint,
      details: { path, sqlite: code ?? null },
      cause: error,
    });
  }
  const errno = errnoOf(error);
  if (errno === undefined || code?.startsWith("SQLITE_") === true) return error;
  return new StoreError("E_IO", `${path} can't be opened (${errno}). Nothing was changed.`, {
    hint: "Check that the path is right and that this user may write there.",
    details: { path, errno },
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
