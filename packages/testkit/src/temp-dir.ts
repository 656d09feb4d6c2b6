import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of its own for one test, removed by `dispose`. */
export interface TempDir {
  /** Absolute, with links resolved. */
  readonly path: string;
  /** Removes it with all that is in it. */
  readonly dispose: () => void;
}

/** Makes an empty temporary directory. */
export function makeTempDir(prefix = "sessionsmith-"): TempDir {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  return {
    path,
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}
