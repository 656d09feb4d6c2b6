import { createHash } from "node:crypto";
import { heldFile } from "../disk/held-file.ts";
import type { WriteFs } from "../disk/write-fs.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { CipherSides } from "../plan/step.ts";
import { StoreError } from "../store-error.ts";
import { copyBytes, type FileToKeep } from "./keep-file.ts";
import { isSameFile } from "./move-name.ts";
import type { PartContext } from "./part-context.ts";
import { stageFile } from "./stage-file.ts";
import { stagedPath } from "./staged-path.ts";
import { stalePlan } from "./stale-plan.ts";
import { unlinkIfThere } from "./unlink-if-there.ts";

/** A clear file that is about to be replaced by its encrypted form, which step `n` has laid ready. */
export interface FileToEncrypt extends FileToKeep {
  readonly cipher: CipherSides;
}

/**
 * Keeps a clear file that is about to be replaced as a copy of its encrypted form, with its own mode and time. Before that counts,
 * the copy is decrypted again and compared with the file, byte for byte: what goes for good is only what can be had again.
 * @throws StoreError E_REFUSED if it is not the same; E_STALE_PLAN if the file changes meanwhile; what the recipe throws
 */
export function keepEncrypted(context: PartContext, n: number, file: FileToEncrypt): void {
  const { fs } = context.host;
  const { path, present, kept, cipher } = file;
  // A recovery comes here only if something has switched, and nothing does before all copies are made and compared. It has no key.
  if (context.isRecovery && fs.lstat(kept) !== undefined) return;
  const staged = stagedPath(context, n);
  const encrypted = fs.lstat(staged);
  if (encrypted === undefined) throw new Error(`step ${n} has nothing laid ready`);
  unlinkIfThere(fs, kept);
  stageFile(fs, {
    path: kept,
    content: (take) => copyBytes(fs, { path: staged, present: encrypted }, take),
    mode: present.mode,
    owner: present,
    mtimeNs: present.mtimeNs,
  });
  if (openedSha256(context, kept, cipher) !== presentSha256(fs, file)) throw notTheSame(path);
}

function openedSha256({ host: { fs }, recipes }: PartContext, kept: string, cipher: CipherSides): string {
  const recipe = recipes.get(cipher.open);
  if (recipe === undefined) throw new Error(`unknown recipe ${cipher.open}`);
  const sha256 = fs.withFile(kept, (file) => {
    const hash = createHash("sha256");
    const held = heldFile(file);
    const source = { path: kept, size: file.fact.size, sha256: sha256OfFile(held) };
    for (const chunk of recipe([held], cipher.params, [source])) hash.update(chunk);
    return hash.digest("hex");
  });
  if (sha256 === undefined) throw new Error(`${kept} went away while it was read`);
  return sha256;
}

function presentSha256(fs: WriteFs, { path, present }: FileToKeep): string {
  const sha256 = fs.withFile(path, (file) =>
    isSameFile(file.fact, present) && file.fact.size === present.size ? sha256OfFile(file) : undefined,
  );
  if (sha256 === undefined) throw stalePlan(path);
  return sha256;
}

function notTheSame(path: string): StoreError {
  return new StoreError(
    "E_REFUSED",
    `What was encrypted of ${path} does not give back the same bytes. Nothing was changed.`,
    { hint: "Try again; if it happens again, please report it.", details: { path } },
  );
}
