import { createConnection } from "node:net";
import type { PortProbe } from "./port-probe.ts";

/** Connects to 127.0.0.1 and hangs up at once: the only connection that this product ever opens. */
export const nodePortProbe: PortProbe = (port, timeoutMs) =>
  new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port, timeout: timeoutMs });
    const answer = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
    socket.once("timeout", () => answer(false));
  });
