import { createServer, type Server } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { assertPortsFree, findFreePorts } from './ports.ts';

const listening = (port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });

describe('a port in use', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('on %s is named with its variable and what to do', async (host) => {
    const first = await findFreePorts(2);
    const server = await listening(first, host);
    try {
      const uses = [
        { port: first, variable: 'HELI_PORT', purpose: 'API' },
        { port: first + 1, variable: 'HELI_SMTP_PORT', purpose: 'mail simulator' },
      ];
      const refusal = assertPortsFree(uses);
      await expect(refusal).rejects.toThrow(`Port ${first} (HELI_PORT, API) is used by another program.`);
      await expect(refusal).rejects.toThrow('HELI_PORT=<free port> npm start');
      await expect(refusal).rejects.not.toThrow('HELI_SMTP_PORT');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('is none when all are free', async () => {
    const port = await findFreePorts(1);
    await expect(assertPortsFree([{ port, variable: 'HELI_PORT', purpose: 'API' }])).resolves.toBeUndefined();
  });
});
