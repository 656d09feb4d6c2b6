/** One call of a program to its file system. */
export interface FsCall {
  readonly name: CallName;
  /** The path that the call was given, or that its descriptor was opened with. */
  readonly path: string;
  /** The second path of `link` and `rename`. */
  readonly to: string | undefined;
  /** Counts all calls from 1. */
  readonly number: number;
  /** Counts the calls that change the disk from 1; `undefined` for a call that only reads. */
  readonly mutation: number | undefined;
}

/** What is to be known of a kind of call. */
interface CallKind {
  /** The name in Node's error. */
  readonly syscall: string;
  readonly mutates: boolean;
  /** False if it works on an open descriptor: then Node's error has no path. */
  readonly takesPath: boolean;
}

const reads = (syscall: string): CallKind => ({ syscall, mutates: false, takesPath: true });
const changes = (syscall: string): CallKind => ({ syscall, mutates: true, takesPath: true });
const changesOpen = (syscall: string): CallKind => ({ syscall, mutates: true, takesPath: false });

/**
 * Every kind of call. `open` is for reading and for directories, `append` opens for writing, `create` makes the file;
 * `symlink` and `mknod` are done by other programs only.
 */
export const callKinds = {
  lstat: reads("lstat"),
  stat: reads("stat"),
  readdir: reads("scandir"),
  realpath: reads("realpath"),
  readlink: reads("readlink"),
  open: reads("open"),
  append: reads("open"),
  read: { syscall: "read", mutates: false, takesPath: false },
  create: changes("open"),
  link: changes("link"),
  rename: changes("rename"),
  unlink: changes("unlink"),
  mkdir: changes("mkdir"),
  rmdir: changes("rmdir"),
  chmod: changes("chmod"),
  lchown: changes("lchown"),
  symlink: changes("symlink"),
  mknod: changes("mknod"),
  write: changesOpen("write"),
  ftruncate: changesOpen("ftruncate"),
  fchmod: changesOpen("fchmod"),
  fchown: changesOpen("fchown"),
  futime: changesOpen("futime"),
  fsync: changesOpen("fsync"),
} as const satisfies Record<string, CallKind>;

/** The name of a kind of call. */
export type CallName = keyof typeof callKinds;

/** Lists calls, one a line: `12 (5th change) rename /a -> /b`. */
export function formatCalls(calls: readonly FsCall[]): string {
  return calls.map(formatCall).join("\n");
}

function formatCall({ name, path, to, number, mutation }: FsCall): string {
  const change = mutation === undefined ? "" : ` (change ${mutation})`;
  return `${number}${change} ${name} ${path}${to === undefined ? "" : ` -> ${to}`}`;
}
