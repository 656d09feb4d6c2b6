import { isAbsolute, resolve } from "node:path";
import type { Host } from "../disk/host.ts";
import { StoreError } from "../store-error.ts";

/** What a launcher script leaves behind when it had nothing to say; OpenClaw 2026.5.28 ignores these words too. */
const emptyWords: ReadonlySet<string> = new Set(["", "undefined", "null"]);

/** The trimmed value of an environment variable, or undefined if it is not set, empty, `undefined` or `null`. */
export function readEnv(host: Host, name: string): string | undefined {
  const value = host.env[name]?.trim();
  return value === undefined || emptyWords.has(value) ? undefined : value;
}

/** The home directory: `OPENCLAW_HOME` (which may start with `~`), `HOME`, `USERPROFILE`, or what the system says. Absolute. */
export function homeDirOf(host: Host): string {
  const named = readEnv(host, "OPENCLAW_HOME");
  return fromCwd(host, named === undefined ? systemHome(host) : withHome(named, () => systemHome(host)));
}

/** Makes a path that a person wrote absolute: a leading `~` is the home directory, a relative path starts from `host.cwd`. */
export function absolutePath(host: Host, path: string): string {
  return fromCwd(
    host,
    withHome(path, () => homeDirOf(host)),
  );
}

/** {@link absolutePath} of the value of a flag. Throws a StoreError E_USAGE if it is blank, as an unset shell variable leaves it. */
export function flagPath(host: Host, flag: string, value: string): string {
  if (value.trim() !== "") return absolutePath(host, value);
  throw new StoreError("E_USAGE", `${flag} needs a path.`, { hint: `Name the path, or leave ${flag} out.` });
}

function systemHome(host: Host): string {
  return readEnv(host, "HOME") ?? readEnv(host, "USERPROFILE") ?? host.homeDir;
}

/** Only `~` alone and `~/` stand for the home directory; `~name` is a file. */
function withHome(path: string, home: () => string): string {
  return /^~(?:$|[/\\])/.test(path) ? home() + path.slice(1) : path;
}

/** Asks for the current directory only where it is needed: it may be gone. */
function fromCwd(host: Host, path: string): string {
  return isAbsolute(path) ? resolve(path) : resolve(host.cwd, path);
}
