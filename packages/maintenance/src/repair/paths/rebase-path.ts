/** A directory that got another path: moved, renamed, or seen from outside of a container. */
export interface PathRebase {
  /** Absolute, without a separator at the end. */
  readonly from: string;
  readonly to: string;
}

/**
 * The path that is meant now by one below the old directory; undefined for any other. Only whole components count: `/home/ann` is
 * not the beginning of `/home/anna`.
 */
export function rebasePath(path: string, { from, to }: PathRebase): string | undefined {
  if (path === from) return to;
  if (!path.startsWith(from)) return undefined;
  const rest = path.slice(from.length);
  return rest.startsWith("/") || rest.startsWith("\\") ? to + rest : undefined;
}
