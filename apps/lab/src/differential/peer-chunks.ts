import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Something that a chunk of the peer exports. */
export type PeerExport = (...args: readonly unknown[]) => unknown;

/**
 * Finds what the peer that is installed in a directory exports, by the names that its functions and classes keep; its chunks and their
 * exports have generated names.
 */
export function openPeerChunks(peerDir: string): (name: string) => Promise<PeerExport> {
  const dist = join(peerDir, "node_modules", "openclaw", "dist");
  const sources = new Map(
    readdirSync(dist)
      .filter((name) => name.endsWith(".js"))
      .map((name) => [name, readFileSync(join(dist, name), "utf8")]),
  );
  return async (name) => {
    const declaration = new RegExp(`^(?:(?:async )?function ${name}\\(|var ${name} = class )`, "m");
    for (const [file, source] of sources) {
      if (!declaration.test(source)) continue;
      // oxlint-disable-next-line no-await-in-loop -- the first chunk that has it is the one
      const chunk: Record<string, unknown> = await import(pathToFileURL(join(dist, file)).href);
      const found = Object.values(chunk).find((value) => isFunction(value) && value.name === name);
      if (isFunction(found)) return found;
    }
    throw new Error(`${dist} exports no ${name}`);
  };
}

function isFunction(value: unknown): value is PeerExport {
  return typeof value === "function";
}
