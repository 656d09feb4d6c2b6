import { type ConversationTurn, conversationTurn, type TurnPart } from "../conversation-turn.ts";
import type { LineItem } from "../line-item.ts";
import { plainLine, plainText } from "../plain-text.ts";
import { type FactContext, isoTime, sessionFacts, titleOf } from "../session-facts.ts";
import type { ExportAbout, SessionRenderer } from "../session-renderer.ts";
import { htmlStyle } from "./html-style.ts";

/**
 * One page of HTML that needs nothing else: no script, nothing from the network (its own policy forbids both), every text escaped.
 * Tool calls, their results and thinking are folded.
 */
export function htmlRenderer(): SessionRenderer {
  let context: FactContext = { now: 0, redact: false };
  return {
    begin: (about) => {
      context = { now: about.exportedAt, redact: about.redacted };
      return pageHead(about, context);
    },
    openSession: (exported, n) => {
      const facts = sessionFacts(exported, context).map(
        ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeLine(value)}</td></tr>\n`,
      );
      const title = escapeLine(titleOf(exported, context));
      return `<section id="s${n + 1}">\n<h2 dir="auto">${title}</h2>\n<table>\n${facts.join("")}</table>\n`;
    },
    line: renderLine,
    closeSession: (end) =>
      `${end?.complete === false ? "<p class=note>A part of the transcript was left out.</p>\n" : ""}</section>\n`,
    end: () => "</main>\n</body>\n</html>\n",
  };
}

function pageHead({ sessions, redacted, exportedAt }: ExportAbout, context: FactContext): string {
  const [only, ...others] = sessions;
  const isOne = only !== undefined && others.length === 0;
  const title = isOne ? escapeLine(titleOf(only, context)) : `${sessions.length} sessions`;
  const links = sessions.map(
    (one, n) => `<li><a href="#s${n + 1}" dir="auto">${escapeLine(titleOf(one, context))}</a></li>\n`,
  );
  return [
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n`,
    `<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n`,
    `<title>${title}</title>\n<style>\n${htmlStyle}</style>\n</head>\n<body>\n<main>\n`,
    `<p class=note>Exported ${isoTime(exportedAt) ?? ""}.`,
    redacted ? " Secrets that could be told are masked; this export can't be resumed." : "",
    "</p>\n",
    isOne ? "" : `<nav><ol>\n${links.join("")}</ol></nav>\n`,
  ].join("");
}

function renderLine(item: LineItem): string {
  if (item.kind === "record") {
    const turn = conversationTurn(item.record);
    return turn === undefined ? "" : renderTurn(turn);
  }
  if (item.kind === "omitted") return `<p class=note>A line of ${item.length} bytes was left out.</p>\n`;
  if (item.kind === "text" && item.text.trim() === "") return "";
  return "<p class=note>A line that is no record.</p>\n";
}

function renderTurn({ speaker, at, parts }: ConversationTurn): string {
  const time = isoTime(at);
  const stamp = time === undefined ? "" : ` <time datetime="${time}">${time}</time>`;
  const kind = known.find((one) => one === speaker) ?? "other";
  const body = parts.filter(({ text }) => text !== "").map(renderPart);
  return `<article class="${kind}">\n<h3>${escapeLine(speaker)}${stamp}</h3>\n${body.join("")}</article>\n`;
}

/** Speakers that have a look of their own. */
const known = ["user", "assistant", "system", "toolResult"] as const;

function renderPart({ kind, title, text }: TurnPart): string {
  const shown = escapeHtml(plainText(text));
  if (kind === "text") return `<div class=text dir="auto">${shown}</div>\n`;
  if (kind === "image") return `<p class=note>[${shown}]</p>\n`;
  const summary = escapeLine(kind === title ? kind : `${kind.replace("-", " ")}: ${title}`);
  return `<details><summary>${summary}</summary><pre dir="auto">${shown}</pre></details>\n`;
}

function escapeLine(text: string): string {
  return escapeHtml(plainLine(text));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
