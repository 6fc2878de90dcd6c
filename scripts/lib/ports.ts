import { createServer } from 'node:net';

/** A port Heli is about to listen on, and the variable that moves it. */
export interface PortUse {
  readonly port: number;
  readonly variable: string;
  readonly purpose: string;
}

/** Ports are in use by other programs; the message says which variable moves each. */
export class PortsInUseError extends Error {
  constructor(uses: readonly PortUse[]) {
    const lines = uses.map(
      ({ port, variable, purpose }) =>
        `  Port ${port} (${variable}, ${purpose}) is used by another program.\n` +
        `    Stop that program, or choose another port: ${variable}=<free port> npm start`,
    );
    super(`Nothing was started:\n${lines.join('\n')}`);
    this.name = 'PortsInUseError';
  }
}

/** @throws {PortsInUseError} naming every port that cannot be listened on. */
export async function assertPortsFree(uses: readonly PortUse[]): Promise<void> {
  const free = await Promise.all(uses.map(({ port }) => isFree(port)));
  const taken = uses.filter((_, index) => !free[index]);
  if (taken.length > 0) throw new PortsInUseError(taken);
}

/** `count` free ports in a row, none below 20000 so that they stay clear of well-known ones. */
export async function findFreePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const row = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(row.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row were found between 20000 and 32000`);
}

// Both are tried: a program that listens on one address alone leaves the other free.
const isFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));

const canListen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
