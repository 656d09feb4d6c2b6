import { gunzipSync, gzipSync } from "node:zlib";
import type { ReadableFile } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import type { Recipe, Recipes } from "../plan/recipe.ts";
import { StoreError } from "../store-error.ts";

/** The name of the recipe that unpacks a file of the trash. */
export const unpackRecipe = "gunzip";

/** Where the packed form of a file of the trash lies. */
export function packedPath(path: string): string {
  return `${path}.gz`;
}

/** Packs bytes. */
export function pack(bytes: Uint8Array): Buffer {
  return gzipSync(bytes);
}

/** Unpacks what {@link pack} made. @throws Node's zlib error if it is damaged */
export function unpack(bytes: Uint8Array): Buffer {
  return gunzipSync(bytes);
}

/**
 * Says of a file of the trash that it is damaged, if that is why a recipe failed (zlib names its errors `Z_…`). Any other error is
 * returned as it is.
 */
export function packError(error: unknown, path: string): unknown {
  const isDamage = error instanceof Error && "code" in error && /^Z_[A-Z_]+$/.test(String(error.code));
  if (!isDamage) return error;
  return new StoreError("E_IO", `${path} is damaged and can't be unpacked (${String(error.code)}).`, {
    hint: "Put an undamaged copy of it there, or leave it out with --skip-conflicts where that exists.",
    details: { path },
    cause: error,
  });
}

const unpackFile: Recipe = (inputs) => inputs.map((file) => unpack(wholeFile(file)));

/** The recipes that every plan may name. */
export const ownRecipes: Recipes = new Map([[unpackRecipe, unpackFile]]);

function wholeFile(file: ReadableFile): Buffer {
  return readRange(file, 0, file.fact.size);
}
