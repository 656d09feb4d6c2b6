import { callKinds, type CallName } from "./fs-call.ts";

const all: ReadonlySet<string> = new Set(Object.keys(callKinds));
const withPath: ReadonlySet<string> = callsThat((kind) => kind.takesPath);
const mutating: ReadonlySet<string> = callsThat((kind) => kind.mutates);
const needSpace: ReadonlySet<string> = new Set(["create", "write", "link", "rename", "mkdir", "fsync"]);
const needDescriptor: ReadonlySet<string> = new Set(["open", "append", "create", "readdir"]);
const moveNames: ReadonlySet<string> = new Set(["rename", "unlink", "rmdir"]);

/** Which calls a condition of the machine can hit; an error that is not named here can hit every call. */
const reach: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["ENOSPC", needSpace],
  ["EDQUOT", needSpace],
  ["EROFS", new Set([...mutating, "append"].filter((name) => name !== "fsync"))],
  ["EMFILE", needDescriptor],
  ["ENFILE", needDescriptor],
  ["EACCES", withPath],
  ["EPERM", new Set([...mutating, "open", "append"].filter((name) => name !== "write" && name !== "fsync"))],
  ["EBUSY", moveNames],
  ["EXDEV", new Set(["link", "rename"])],
  ["EMLINK", new Set(["link"])],
  ["ENOTSUP", new Set(["link"])],
  ["EOPNOTSUPP", new Set(["link"])],
  ["ENOSYS", new Set(["link"])],
]);

/** Tells whether a call can fail with this error on a real system: a full disk does not stop `unlink`. */
export function canFailWith(name: CallName, errno: string): boolean {
  return (reach.get(errno) ?? all).has(name);
}

function callsThat(test: (kind: (typeof callKinds)[CallName]) => boolean): ReadonlySet<string> {
  return new Set(
    Object.entries(callKinds)
      .filter(([, kind]) => test(kind))
      .map(([name]) => name),
  );
}
