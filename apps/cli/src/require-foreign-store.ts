import { stateIndexPaths, StoreError } from "@sessionsmith/core";
import type { StoreTarget } from "@sessionsmith/core";
import type { State } from "./choose-stores.ts";

/**
 * Holds encryption back from a store that OpenClaw works on: it reads encrypted lines as nothing, and its own `--fix-missing` and
 * repair would drop them.
 * @throws StoreError E_REFUSED if the settings file of OpenClaw is there, and the store is one of its state directory
 */
export function requireForeignStore(state: State, { indexPath }: StoreTarget): void {
  const { host, settings } = state;
  if (settings.path === undefined) return;
  const realPath = (path: string) => host.fs.realpath(path) ?? path;
  const own = realPath(indexPath);
  if (!stateIndexPaths(host, state).some((path) => realPath(path) === own)) return;
  throw new StoreError(
    "E_REFUSED",
    `OpenClaw works on ${indexPath} (${settings.path}), and can't read encrypted transcripts: its own repair would drop their lines. ` +
      "Nothing was changed.",
    {
      hint: "Encrypt a store of your own program, or a copy that --store names. With --force it is done all the same.",
      details: { path: indexPath, config: settings.path },
    },
  );
}
