import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { controlRoutes } from './control/routes.ts';
import { Faults } from './faults.ts';
import { Inbox } from './inbox.ts';
import { Exceptions } from './registers/exceptions.ts';
import { registerRoutes } from './registers/routes.ts';
import type { Settings } from './settings.ts';
import { smtpServer } from './smtp/server.ts';
import { Allowance } from './twilio/allowance.ts';
import { Callbacks } from './twilio/callbacks.ts';
import { resumeDeliveries } from './twilio/deliver.ts';
import { twilioRoutes } from './twilio/routes.ts';

export interface Running {
  readonly port: number;
  readonly smtpPort: number;
  stop(): Promise<void>;
}

/** Starts everything and answers when both ports are open. @throws when a port is taken. */
export async function serve(settings: Settings): Promise<Running> {
  const faults = new Faults();
  const inbox = new Inbox(settings.stateDirectory);
  const exceptions = new Exceptions(settings.stateDirectory);
  const account = { sid: settings.accountSid, authToken: settings.authToken };
  const allowance = new Allowance(settings.smsPerSecond);
  const callbacks = new Callbacks(inbox, account);

  const app = express();
  app.disable('x-powered-by');
  app.use('/2010-04-01/Accounts/:account', twilioRoutes({ account, inbox, callbacks, faults, allowance }));
  app.use('/registers', registerRoutes(exceptions, faults, settings.registerToken));
  app.use(controlRoutes(inbox, faults, exceptions, allowance));
  app.use(unreadable);

  const http = createServer(app);
  // Longer than clients keep connections, so that none is closed under a request being written.
  http.keepAliveTimeout = 65_000;
  const smtp = smtpServer(inbox, faults);
  await listen(http, settings.port, settings.host);
  await listen(smtp.server, settings.smtpPort, settings.host);
  resumeDeliveries(inbox, callbacks);

  return {
    port: (http.address() as AddressInfo).port,
    smtpPort: (smtp.server.address() as AddressInfo).port,
    async stop() {
      callbacks.stop();
      const closed = [new Promise((done) => http.close(done)), new Promise<void>((done) => smtp.close(done))];
      http.closeAllConnections();
      await Promise.all(closed);
      inbox.close();
    },
  };
}

/** A body that is no JSON or too large: the fault of whoever sent it. */
const unreadable: ErrorRequestHandler = (
  error: { status?: number; message?: string },
  _request,
  response,
  next,
) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  response.status(error.status ?? 500).json({ error: error.message ?? 'unreadable request' });
};

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  // Rejects with the server's error, such as EADDRINUSE.
  await once(server, 'listening');
}
