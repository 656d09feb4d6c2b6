/** Tells whether something answers on a port of this machine's loopback interface; nothing is sent. */
export type PortProbe = (port: number, timeoutMs: number) => Promise<boolean>;
