import type { ReadableFile } from "../disk/read-fs.ts";
import type { JsonObject } from "../json-value.ts";
import type { Sequence } from "../sequence.ts";
import type { SourceFile } from "./content-source.ts";

/** A pure function that makes the bytes of a new file from existing ones, which are described by `sources`, in the same order. */
export type Recipe = (
  files: Sequence<ReadableFile>,
  params: JsonObject,
  sources: Sequence<SourceFile>,
) => Iterable<Uint8Array>;

/** The recipes that a plan may name. */
export type Recipes = ReadonlyMap<string, Recipe>;
