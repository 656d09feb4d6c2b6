import {
  mendUtf8,
  type ReadableFile,
  readLegacyMessage,
  scanLines,
  type LegacyItem,
} from "@sessionsmith/core";

const spoken = /^(user|assistant|system|tool): ?(.*)$/s;

/** Reads a file of lines `role: text` (openjavis). A line without a role goes on with the message before it. */
export function* readTextLines(file: ReadableFile): Generator<LegacyItem, void> {
  let open: { readonly role: string; text: string } | undefined;
  let number = 0;
  for (const line of scanLines(file)) {
    number += 1;
    const place = { offset: line.offset, line: number };
    if (line.bytes === undefined) {
      yield {
        kind: "trouble",
        trouble: { id: "legacy-message-unread", ...place, problem: "the line is too long" },
      };
      continue;
    }
    const { bytes, invalidAt } = mendUtf8(line.bytes);
    if (invalidAt !== undefined) yield { kind: "trouble", trouble: { id: "legacy-not-utf8", ...place } };
    const text = bytes.toString("utf8");
    const [, role, words] = spoken.exec(text) ?? [];
    if (role !== undefined) {
      if (open !== undefined) yield messageOf(open);
      open = { role, text: words ?? "" };
    } else if (open !== undefined) {
      open.text += `\n${text}`;
    } else if (!line.blank) {
      open = { role: "unknown", text };
    }
  }
  if (open !== undefined) yield messageOf(open);
}

function messageOf({ role, text }: { readonly role: string; readonly text: string }): LegacyItem {
  return {
    kind: "message",
    message: readLegacyMessage({ role, content: text }),
    recordId: undefined,
    parentId: undefined,
  };
}
