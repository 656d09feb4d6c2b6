import type { FileFact, ReadFs } from "../disk/read-fs.ts";
import { sha256OfFile } from "../disk/sha256-of-file.ts";
import type { SpliceEdit } from "../session-index/splice-edit.ts";
import { editsKeeping } from "./edit-list.ts";
import { examineTranscript, type TranscriptExam } from "./examine-transcript.ts";
import type { HeaderClues } from "./made-header.ts";
import { mendTranscript } from "./mend-transcript.ts";
import { withTranscript } from "./transcript-window.ts";
import { bareOpening, countBareMessages, mendedTranscript } from "./bare-transcript.ts";

/** A transcript of bare messages. Nothing of it is conversation text. */
export interface BareTranscript {
  /** The file as it was when it was read. */
  readonly fact: FileFact;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly clues: HeaderClues;
  /** Why it can't be converted; undefined if it can be. */
  readonly stays: "holds-other-records" | "too-large" | undefined;
  readonly messages: number;
  readonly troubles: TranscriptExam["troubles"];
  /** Edits on its bytes that leave what is set aside, a line each; undefined if nothing is. */
  readonly asideEdits: readonly SpliceEdit[] | undefined;
}

/** Bytes of a transcript that is converted: it is held in memory, and what becomes of it, which is up to twelve times as large. */
const sizeLimitBytes = 2 ** 26;

/**
 * Reads a transcript if it consists of bare messages, as openclaw-python leaves them (`{role, content, …}` a line, mostly without a
 * header), and tells what converting it takes; undefined for any other file. Throws E_IO if it is no regular file, and Node's errors.
 * @param cluesFor tells what is known of the session, given the time (epoch ms) of its first message
 * @param accept looks at what was found before anything is planned; false means that there is nothing to do
 */
export function readBareTranscript(
  fs: ReadFs,
  path: string,
  {
    cluesFor,
    accept,
  }: {
    readonly cluesFor: (firstAtMs: number | undefined) => HeaderClues;
    readonly accept: (exam: TranscriptExam) => boolean;
  },
): BareTranscript | undefined {
  return withTranscript(fs, path, (file) => {
    const opening = bareOpening(file);
    if (opening === undefined) return undefined;
    const { fact } = file;
    const clues = cluesFor(opening.firstAtMs);
    const unread = { fact, sha256: "", clues, messages: 0, troubles: [], asideEdits: undefined };
    if (fact.size > sizeLimitBytes) return { ...unread, stays: "too-large" };
    const exam = examineTranscript(file);
    if (!accept(exam)) return undefined;
    const messages = exam.newer ? undefined : countBareMessages(mendedTranscript(file, clues));
    if (messages === undefined) return { ...unread, stays: "holds-other-records" };
    const { aside } = mendTranscript(file, exam, clues);
    return {
      fact,
      sha256: sha256OfFile(file),
      clues,
      stays: undefined,
      messages,
      troubles: exam.troubles,
      asideEdits: aside.length === 0 ? undefined : editsKeeping(aside, fact.size),
    };
  });
}
