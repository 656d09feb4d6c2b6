import type { ReadableFile } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";

/** A pure function that makes the bytes of a new file from existing ones. */
export type Recipe = (inputs: readonly ReadableFile[], params: JsonObject) => Iterable<Uint8Array>;

/** The recipes that a plan may name. */
export type Recipes = ReadonlyMap<string, Recipe>;
