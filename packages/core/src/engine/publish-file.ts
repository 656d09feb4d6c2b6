import { dirname } from "node:path";
import { errnoOf } from "../errno.ts";
import { StoreError } from "../store-error.ts";
import type { EngineHost } from "./engine-host.ts";
import { addName, dropName, takeBackName } from "./move-name.ts";
import { operationError } from "./operation-error.ts";

/**
 * Gives a file that is complete under a temporary name its own one in the same directory, and brings it to stable storage. Nothing is
 * ever overwritten, and on any error the file has its temporary name alone.
 * @param temp absolute
 * @param path absolute
 * @throws StoreError E_REFUSED if the name is taken meanwhile; E_IO
 */
export async function publishFile({ fs }: Pick<EngineHost, "fs">, temp: string, path: string): Promise<void> {
  let named = false;
  try {
    await fs.syncFiles([temp]);
    addName(fs, temp, path);
    named = true;
    fs.syncDir(dirname(path));
    dropName(fs, temp, path);
    fs.syncDir(dirname(path));
  } catch (error) {
    if (named) takeBackName(fs, temp, path);
    if (errnoOf(error) !== "EEXIST") throw operationError(error, "untouched");
    throw new StoreError("E_REFUSED", `${path} exists already. Nothing was changed.`, {
      hint: "Name a file that is not there yet.",
      details: { path },
    });
  }
}
