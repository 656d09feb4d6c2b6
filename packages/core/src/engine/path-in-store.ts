import { dirname, join, sep } from "node:path";

/**
 * The absolute path of a name in a sessions directory. A plain name, which nearly every step has, is not taken apart for that:
 * an operation asks for the paths of thousands of them, several times each.
 * @param name relative to the sessions directory
 */
export function pathInStore(realDir: string, name: string): string {
  return isPlainName(name) ? `${realDir}${sep}${name}` : join(realDir, name);
}

/** The directory that a name in a sessions directory lies in; an absolute path. */
export function dirInStore(realDir: string, name: string): string {
  return isPlainName(name) ? realDir : dirname(join(realDir, name));
}

/** Tells whether a name lies directly in the sessions directory. */
export function isPlainName(name: string): boolean {
  return !name.includes("/") && !name.includes(sep) && name !== "." && name !== "..";
}
