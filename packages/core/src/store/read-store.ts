import { lookOrFail } from "../layout/disk-error.ts";
import { readEra } from "../layout/read-era.ts";
import { readSessionsDirectory } from "../snapshot/sessions-directory.ts";
import { readStoreIndex } from "../snapshot/read-store-index.ts";
import { noStore, openStorePlace } from "../snapshot/store-place.ts";
import { readIndex } from "../session-index/read-index.ts";
import { cachedIndex, type CachedIndex } from "./index-cache.ts";
import type { StoreAccess } from "./store-access.ts";

/**
 * Reads the index of a store, from the cache if it is there unchanged. Takes no lock.
 * @throws StoreError E_NOT_FOUND if there is no store; E_CORRUPT_INDEX if the index can't be read, or is missing beside
 * transcripts; E_SQLITE_ERA if it is missing because the sessions live in a database; E_IO
 */
export function readStore({ host, target }: StoreAccess): CachedIndex {
  const { fs } = host;
  return lookOrFail("E_IO", target.indexPath, () =>
    cachedIndex(host, target.indexPath, () => {
      const era = readEra(fs, target);
      const present = readIndex(fs, target.indexPath);
      if (present.state === "readable") {
        return { document: present.document, era: era.era, identity: present.fingerprint };
      }
      const place = openStorePlace(fs, target);
      const directory = readSessionsDirectory(fs, place);
      if (directory === undefined) throw noStore(target.indexPath);
      const { document, fingerprint } = readStoreIndex(fs, place, { era, directory });
      return { document, era: era.era, identity: fingerprint };
    }),
  );
}
