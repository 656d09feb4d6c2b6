import { fromState, type MemoryFs, memoryFs, type TreeSpec, tree, writeTree } from "../../src/index.ts";

/** A disk on which all of this is on stable storage. */
export function diskWith(spec: TreeSpec): MemoryFs {
  const fs = memoryFs();
  writeTree(fs, "/d", spec);
  return fromState(fs.state());
}

/** What a crash may leave below `/d`, each state as one line: `name=text` for files, `name/` for directories. */
export function outcomes(fs: MemoryFs): string[] {
  return [...fs.durableStates()].map((state) => listing(fromState(state)));
}

/** What is below `/d`, as one line. */
export function listing(fs: MemoryFs): string {
  if (fs.lstat("/d") === undefined) return "nothing";
  return [...tree(fs, "/d")]
    .map(([path, entry]) =>
      entry.bytes === undefined ? `${path}/` : `${path}=${entry.bytes.toString("latin1")}`,
    )
    .join(" ");
}

/** Creates a file. */
export function put(fs: MemoryFs, path: string, options: { text?: string; sync?: boolean } = {}): void {
  fs.createFile(path, 0o600, (file) => {
    file.write(Buffer.from(options.text ?? "0123456789"));
    if (options.sync === true) file.sync();
  });
}
