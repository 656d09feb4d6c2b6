/**
 * The directories between the sessions directory and a name in it, from the top: `a` and `a/b` for `a/b/c`. None for a name that
 * leads out of it.
 * @param name relative to the sessions directory, with `/` between its parts
 */
export function dirsAbove(name: string): readonly string[] {
  const parts = name.split("/").slice(0, -1);
  return parts[0] === ".." ? [] : parts.map((_, n) => parts.slice(0, n + 1).join("/"));
}
