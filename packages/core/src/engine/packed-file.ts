import { gunzipSync, gzipSync } from "node:zlib";
import type { ReadableFile } from "../disk/read-fs.ts";
import { readRange } from "../disk/read-bytes.ts";
import type { Recipe, Recipes } from "../plan/recipe.ts";

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

const unpackFile: Recipe = (inputs) => inputs.map((file) => unpack(wholeFile(file)));

/** The recipes that every plan may name. */
export const ownRecipes: Recipes = new Map([[unpackRecipe, unpackFile]]);

function wholeFile(file: ReadableFile): Buffer {
  return readRange(file, 0, file.fact.size);
}
