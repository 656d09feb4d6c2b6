import { relative, sep } from "node:path";

/** The path of a file below what is migrated, with `/`. */
export function nameIn(root: string, path: string): string {
  // Nearly every file lies below it, and taking both paths apart for each of them takes longer than all else that is planned.
  const below = root + sep;
  const name = path.startsWith(below) ? path.slice(below.length) : relative(root, path);
  return sep === "/" ? name : name.replaceAll(sep, "/");
}
