import { type ConversationTurn, conversationTurn, type TurnPart } from "../conversation-turn.ts";
import type { LineItem } from "../line-item.ts";
import { plainLine, plainText } from "../plain-text.ts";
import { type FactContext, isoTime, sessionFacts, titleOf } from "../session-facts.ts";
import type { SessionRenderer } from "../session-renderer.ts";

/**
 * Markdown: a heading and a table for each session, a heading for each turn. What was said stands in quotes, so that no text of a
 * conversation can pass for a turn of its own.
 */
export function markdownRenderer(): SessionRenderer {
  let context: FactContext = { now: 0, redact: false };
  let about = "";
  return {
    begin: ({ exportedAt, redacted }) => {
      context = { now: exportedAt, redact: redacted };
      about = redacted ? "Secrets that could be told are masked; this export can't be resumed.\n\n" : "";
      return "";
    },
    openSession: (exported, n) => {
      const rows = sessionFacts(exported, context).map(([name, value]) => `| ${name} | ${cell(value)} |\n`);
      const table = `| | |\n| --- | --- |\n${rows.join("")}`;
      return `${n === 0 ? "" : "\n---\n\n"}# ${heading(titleOf(exported, context))}\n\n${about}${table}\n`;
    },
    line: renderLine,
    closeSession: (end) => (end?.complete === false ? "_A part of the transcript was left out._\n" : ""),
    end: () => "",
  };
}

function renderLine(item: LineItem): string {
  if (item.kind === "record") {
    const turn = conversationTurn(item.record);
    return turn === undefined ? "" : renderTurn(turn);
  }
  if (item.kind === "omitted") return `_A line of ${item.length} bytes was left out._\n\n`;
  if (item.kind === "text" && item.text.trim() === "") return "";
  return "_A line that is no record._\n\n";
}

function renderTurn({ speaker, at, parts }: ConversationTurn): string {
  const time = isoTime(at);
  const head = `## ${heading(speaker)}${time === undefined ? "" : ` (${time})`}\n\n`;
  return (
    head +
    parts
      .filter(({ text }) => text !== "")
      .map(renderPart)
      .join("")
  );
}

function renderPart({ kind, title, text }: TurnPart): string {
  if (kind === "text") return quoted(plainText(text));
  if (kind === "image") return quoted(`[${plainLine(text)}]`);
  const summary = escapeHtml(plainLine(kind === title ? kind : `${kind.replace("-", " ")}: ${title}`));
  return `<details><summary>${summary}</summary>\n\n${fenced(plainText(text))}\n</details>\n\n`;
}

function quoted(text: string): string {
  const lines = text.split("\n").map((line) => (line === "" ? ">" : `> ${line}`));
  return `${lines.join("\n")}\n\n`;
}

/** A fence that is longer than any run of backticks in the text. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}\n`;
}

function heading(text: string): string {
  return escapeHtml(plainLine(text)).replaceAll(/([\\`*_[\]#|])/g, String.raw`\$1`);
}

function cell(text: string): string {
  return heading(text);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
