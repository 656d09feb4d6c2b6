import { combinations } from "./combinations.ts";
import { freeze, type MemoryDisk } from "./memory-disk.ts";
import type { MemoryFsState } from "./memory-fs-state.ts";
import { type MemoryNode, type Names, type Nodes, rootIno, withFact } from "./memory-node.ts";
import { applyChanges, type NameChange } from "./name-change.ts";
import { survivingChanges } from "./surviving-changes.ts";
import { type Survivor, survivingContent } from "./surviving-content.ts";

/** The disk as processes see it, as if all of it were on stable storage: what a killed process leaves. */
export function presentState(disk: MemoryDisk): MemoryFsState {
  const moment = freeze(disk);
  return stateOf(moment, namedNodes(moment.nodes, new Map()), ["everything survived"]);
}

/**
 * What may be on the disk after the machine goes down now, each state once: first that in which nothing survived that was
 * not synced, and among the others, mostly last, that in which everything did.
 * Names and contents are combined in every way as long as there are at most `most` ways for each; with more, each change
 * of a name, and each unsynced inode, is taken alone with none or all of the others.
 * The disk may go on while the states are taken.
 */
export function durableStates(disk: MemoryDisk, most: number): Iterable<MemoryFsState> {
  return statesOf(freeze(disk), most);
}

function* statesOf(disk: Readonly<MemoryDisk>, most: number): Generator<MemoryFsState> {
  const seen = new Set<string>();
  for (const changes of survivingChanges(disk.changes, most)) {
    const nodes = namedNodes(disk.nodes, applyChanges(disk.syncedNames, changes));
    const key = keyOf(nodes, disk.changes);
    if (seen.has(key)) continue;
    seen.add(key);
    const story = `${changes.length} of ${disk.changes.length} changes of names`;
    for (const contents of survivingContents(disk, nodes, most)) {
      yield stateOf(disk, withContents(nodes, contents), [
        story,
        ...contents.map(([ino, { story: one }]) => `inode ${ino} ${one}`),
      ]);
    }
  }
}

/** The nodes that have a name when directories hold `names` instead of their present ones, with as many links as names. */
function namedNodes(nodes: Nodes, names: ReadonlyMap<number, Names>): Nodes {
  const named = nodes.map((): MemoryNode | undefined => undefined);
  const visit = (ino: number) => {
    const before = named[ino];
    const node = before ?? nodes[ino];
    if (node === undefined) throw new Error(`a name leads to inode ${ino}, which does not exist`);
    const linked = withLinks(node, before === undefined ? 1 : before.fact.nlink + 1);
    named[ino] = linked;
    if (linked.kind !== "directory") return;
    const own = names.get(ino) ?? linked.names;
    if (own !== linked.names) named[ino] = { kind: "directory", fact: linked.fact, names: own };
    for (const child of own.values()) visit(child);
  };
  visit(rootIno);
  return named;
}

function withLinks(node: MemoryNode, nlink: number): MemoryNode {
  return node.fact.nlink === nlink ? node : withFact(node, { nlink });
}

/** Two outcomes are the same if every name that was changed leads to the same inode, or to none. */
function keyOf(nodes: Nodes, changes: readonly NameChange[]): string {
  const leadsTo = changes.flatMap(({ bindings }) =>
    bindings.map(({ dir, name }) => {
      const node = nodes[dir];
      return node?.kind === "directory" ? node.names.get(name) : undefined;
    }),
  );
  return leadsTo.join(" ");
}

type Content = readonly [ino: number, survivor: Survivor];

function survivingContents(disk: MemoryDisk, nodes: Nodes, most: number): readonly (readonly Content[])[] {
  const lists: (readonly Content[])[] = [];
  for (const [ino, unsynced] of disk.unsynced) {
    const now = nodes[ino];
    if (now !== undefined) lists.push(survivingContent(unsynced, now).map((survivor) => [ino, survivor]));
  }
  return combinations(lists, most);
}

function withContents(nodes: Nodes, contents: readonly Content[]): Nodes {
  if (contents.length === 0) return nodes;
  const changed = [...nodes];
  for (const [ino, { node }] of contents) {
    const named = nodes[ino];
    if (named !== undefined) changed[ino] = withLinks(node, named.fact.nlink);
  }
  return changed;
}

function stateOf(disk: Readonly<MemoryDisk>, nodes: Nodes, stories: readonly string[]): MemoryFsState {
  const { nowNs, settings } = disk;
  return { nodes, nowNs, settings, story: stories.join("; ") };
}
