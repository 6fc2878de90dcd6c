import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { temporalEngine } from '../../../api/engine/temporal-engine.ts';
import type { CaseEngine } from '../../../api/engine/port.ts';
import { countAsPublished, seedCalendars } from '../../../adapters/calendars/chinese-days.ts';
import { type Config, type Environment, loadConfig } from '../../../config/config.ts';
import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import { yearOf } from '../../../domain/plain-date.ts';
import { dateAt } from '../../../domain/zoned-time.ts';
import { seedVenues } from '../../../prisma/venues.ts';
import { type Control, controlOf } from '../../../simulators/control.ts';
import { connect, type Engine } from '../../../temporal/client.ts';
import { payloadCodec } from '../../../temporal/codec/payload-codec.ts';
import { type Outside, outsideOf } from '../../../worker/outside.ts';

/** A running system, with everything a test looks at or acts through. */
export interface District extends Outside {
  readonly config: Config;
  readonly connection: Engine;
  /** Client of the rehearsal namespace, where the cases of these tests live. */
  readonly client: Client;
  /** The engine as the API uses it. */
  readonly engine: CaseEngine;
  readonly codec: PayloadCodec;
  readonly simulators: Control;
  /** Every year counts as published. */
  readonly calendar: WorkCalendar;
  close(): Promise<void>;
}

/** @param env as of the processes of the system under test; default is this process's own */
export async function openDistrict(env: Environment = process.env): Promise<District> {
  const config = loadConfig(env);
  const outside = outsideOf(config);
  await seedVenues(outside.db);
  const connection = await connect({
    address: config.temporal.address,
    keyStore: outside.keys,
    identity: 'test',
  });
  const codec = payloadCodec(outside.keys);
  const year = yearOf(dateAt(Date.now()));
  return {
    ...outside,
    connection,
    client: connection.rehearsal,
    codec,
    engine: temporalEngine({ engine: connection, codec, actTimeoutMs: 30_000, moveTimeoutMs: 60_000 }),
    simulators: controlOf(config.simulators.url),
    calendar: countAsPublished(seedCalendars(year - 1, year + 2)),
    async close() {
      await connection.close();
      await outside.db.$disconnect();
    },
  };
}
