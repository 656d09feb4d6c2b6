import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { PeerAnswer, PeerQuestion } from "./peer-worker.ts";

const worker = fileURLToPath(new URL("../../dist/differential/peer-worker.js", import.meta.url));

/** A process in which the cleanup of OpenClaw stays loaded. */
export interface Peer {
  /** One question at a time. */
  readonly ask: (question: PeerQuestion) => Promise<PeerAnswer>;
  readonly stop: () => void;
}

/**
 * Starts the peer that was installed in a directory.
 * @param node the program to run it with
 */
export async function startPeer(peerDir: string, node: string): Promise<Peer> {
  // The peer logs what it does; nobody reads that, and a pipe that nobody reads would stop it in the end.
  const child = spawn(node, [worker, peerDir], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const ready = await nextAnswer(child);
  if (ready.state !== "ready") throw new Error("the peer did not start");
  return {
    ask: (question) => {
      const answer = nextAnswer(child);
      child.send(question);
      return answer;
    },
    stop: () => child.kill(),
  };
}

async function nextAnswer(child: ChildProcess): Promise<PeerAnswer> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`the process of the peer ended with ${code}`);
  });
  try {
    const [answer]: readonly PeerAnswer[] = await Promise.race([once(child, "message", { signal }), ended]);
    if (answer === undefined) throw new Error("the peer sent nothing");
    return answer;
  } finally {
    over.abort();
    ended.catch(() => {});
  }
}
