import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { editsKeeping } from "./edit-list.ts";
import { examineTranscript, type TranscriptExam } from "./examine-transcript.ts";
import type { HeaderClues, MadeHeader } from "./made-header.ts";
import { mendTranscript } from "./mend-transcript.ts";
import { withTranscript } from "./transcript-window.ts";

/** A transcript that can be mended, and how. Nothing of it is conversation text. */
export interface MendableTranscript {
  /** The file as it was when it was read. */
  readonly fact: FileFact;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly troubles: TranscriptExam["troubles"];
  /** Edits that make it sound. */
  readonly edits: readonly SpliceEdit[];
  /** Edits on the same bytes that leave what is set aside, a line each; undefined if nothing is. */
  readonly asideEdits: readonly SpliceEdit[] | undefined;
  /** How many bytes are set aside. */
  readonly asideBytes: number;
  /** Where the header comes from that it gets; undefined if it has one. */
  readonly headerFrom: MadeHeader["from"] | undefined;
}

/**
 * Reads a transcript and tells how it is mended: `newer` if a newer program wrote it; undefined if there is no such file, or nothing
 * to mend. Throws E_IO if it is no regular file, and Node's errors.
 * @param accept looks at what was found before anything is planned; false means that there is nothing to do
 */
export function readTranscriptMend(
  fs: ReadFs,
  path: string,
  {
    clues,
    accept,
  }: { readonly clues: () => HeaderClues; readonly accept: (exam: TranscriptExam) => boolean },
): MendableTranscript | "newer" | undefined {
  return withTranscript(fs, path, (file) => {
    const exam = examineTranscript(file);
    if (exam.newer) return "newer";
    if (exam.troubles.length === 0 || !accept(exam)) return undefined;
    const { edits, aside, header } = mendTranscript(file, exam, clues());
    if (edits.length === 0) return undefined;
    return {
      fact: file.fact,
      sha256: sha256OfFile(file),
      troubles: exam.troubles,
      edits,
      asideEdits: aside.length === 0 ? undefined : editsKeeping(aside, file.fact.size),
      asideBytes: aside.reduce((sum, { start, end }) => sum + end - start, 0),
      headerFrom: header?.from,
    };
  });
}
