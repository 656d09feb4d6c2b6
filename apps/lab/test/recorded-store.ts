import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { nodeHost, scanIndex } from "@sessionsmith/core";
import { listOperations, nodeEngineHost } from "@sessionsmith/core/engine";
import { materializeCase } from "@sessionsmith/testkit";

const { fs } = nodeEngineHost(nodeHost());

/** Every file below a directory with its bytes as text, by path. */
export type Files = ReadonlyMap<string, string>;

/** A copy of a recorded store, and what was in it at first. */
export interface RecordedStore {
  readonly stateDir: string;
  readonly first: Files;
  readonly dispose: () => void;
}

/** The writing command looks at the real clock; all copies of one run are made for the same moment, so that they are equal. */
const runAt = Date.now();

/** Copies a recorded store. */
export function recordedStore(name: string): RecordedStore {
  const { stateDir, dispose } = materializeCase(name, runAt);
  return { stateDir, first: readFiles(stateDir), dispose };
}

/** Reads everything below a directory. */
export function readFiles(dir: string): Files {
  const paths = readdirSync(dir, { recursive: true, encoding: "utf8" }).map((name) => join(dir, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(dir, path), readFileSync(path, "latin1")]));
}

/** The indexes among files, by path. */
export function indexesOf(files: Files): Files {
  return new Map([...files].filter(([path]) => /^agents\/[^/]+\/sessions\/sessions\.json$/.test(path)));
}

/**
 * Lists what is wrong with a store after a recovery: bytes that are gone, an index that can't be read or is none of the allowed
 * ones, an operation that is not over, things that were left behind.
 */
export function troublesOf(store: RecordedStore, allowedIndexes: readonly Files[]): readonly string[] {
  const files = readFiles(store.stateDir);
  const present = new Set(files.values());
  const lost = [...store.first].filter(([, bytes]) => !present.has(bytes)).map(([path]) => `${path} is lost`);
  const odd = [...indexesOf(files)].flatMap(([path, bytes]) => [
    ...(scanIndex(Buffer.from(bytes, "latin1")).readable ? [] : [`${path} can't be read`]),
    ...(allowedIndexes.some((indexes) => indexes.get(path) === bytes)
      ? []
      : [`${path} is neither before nor after`]),
  ]);
  const left = [...files.keys()].filter((path) => /staged-|\.tmp$/.test(path));
  return [...lost, ...odd, ...left.map((path) => `${path} was left behind`), ...pending(store, files)];
}

function pending({ stateDir }: RecordedStore, files: Files): readonly string[] {
  return [...indexesOf(files).keys()].flatMap((path) => {
    const operations = listOperations(fs, join(stateDir, path, ".."));
    return operations.flatMap(({ id, state }) =>
      state === "interrupted" ? [`operation ${id} is pending`] : [],
    );
  });
}
