import { randomUUID } from 'node:crypto';
import { inFlight } from '../../../bench/in-flight.ts';
import type { Application } from '../../../domain/application/application.ts';
import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import type { PlainDate } from '../../../domain/plain-date.ts';
import type { ReminderPolicy } from '../../../domain/reminders/policy.ts';
import { markStarted, writeNewCase } from '../../../prisma/open-case.ts';
import { seededVenues } from '../../../prisma/venues.ts';
import type { District } from './district.ts';

export interface Joining {
  readonly count: number;
  /** How many join at a time. */
  readonly width: number;
  readonly applicationOf: (index: number) => Application;
  readonly receivedOn: PlainDate;
  readonly calendar: WorkCalendar;
  readonly policy: ReminderPolicy;
}

/** A live case, as it was joined. */
export interface Joined {
  readonly caseNumber: string;
  readonly application: Application;
}

/**
 * Lets running cases join with a policy of their own: row, then workflow, as the API does after it has checked the
 * application. Only the request itself, its rights and its checks are left out.
 */
export async function joinCases(district: District, joining: Joining): Promise<Joined[]> {
  return inFlight(joining.count, joining.width, async (index) => {
    const application = joining.applicationOf(index);
    return { caseNumber: await joinCase(district, application, joining), application };
  });
}

async function joinCase(
  { db, keys, cipher, engine }: District,
  application: Application,
  { receivedOn, calendar, policy }: Joining,
): Promise<string> {
  const { venueId, channel } = application;
  const { caseNumber, start } = await writeNewCase(db, keys, cipher, {
    application,
    realm: 'live',
    actor: 'staff-1',
    role: 'supervisor',
    actId: randomUUID(),
    now: Date.now(),
    policy,
    imported: {
      actId: randomUUID(),
      actor: 'staff-2',
      receivedOn,
      acceptingVenueId: venueId,
      calendar,
      reason: 'joins for a test',
    },
  });
  const street = seededVenues().find(({ id }) => id === venueId)?.street ?? '';
  const ref = { caseNumber, realm: 'live' } as const;
  await engine.start({ ...ref, start, venueId, street, channel });
  await markStarted(db, caseNumber);
  return caseNumber;
}
