import { z } from 'zod';
import { type Stage, STAGES } from '../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { applicationFor } from './application.ts';
import { receiptDay } from './receipt-days.ts';
import { pause, RequestRefused, type RestClient } from './rest-client.ts';
import type { PlannedCase } from './scenario.ts';

/** What came of one planned case. */
export interface PlayedCase {
  readonly caseNumber: string;
  /** The stage after its last act; an archive follows in its own time. */
  readonly stage: Stage;
  /** Why the case rests before the stage it was meant for: the code of the refusal. */
  readonly waitsFor?: string;
}

export interface Stagehand {
  readonly client: RestClient;
  /** Civil date in Shanghai from which the district's dates are counted. */
  readonly today: PlainDate;
  readonly calendar: WorkCalendar;
}

/** Refusals that only mean "not today": the law keeps these acts to working days and settled dates. */
const NOT_TODAY = ['NOT_WORKING_DAY', 'CLOCK_PROVISIONAL', 'AFTER_CLOSING'];

const headSchema = z.object({ caseNumber: z.string(), stage: z.enum(STAGES) });
type Head = z.output<typeof headSchema>;

/** Makes one case and does its acts. Every request has a key of its own that never changes. */
export async function playCase(stage: Stagehand, planned: PlannedCase): Promise<PlayedCase> {
  let head = await open(stage, planned);
  for (const [index, { act, role, body }] of planned.scenario.acts.entries()) {
    const path = `/cases/${head.caseNumber}/acts/${act}`;
    try {
      head = headSchema.parse(
        await whenChecked((attempt) =>
          stage.client.post(
            role,
            path,
            { venueId: planned.scenario.venue, ...body },
            keyOf(planned, `${index}-${act}${attempt}`),
          ),
        ),
      );
    } catch (error) {
      if (!(error instanceof RequestRefused) || !NOT_TODAY.includes(error.code)) throw error;
      return { ...head, waitsFor: error.code };
    }
  }
  return head;
}

async function open({ client, today, calendar }: Stagehand, planned: PlannedCase): Promise<Head> {
  const application = applicationFor(planned, today);
  const { received } = planned.scenario;
  const key = keyOf(planned, 'open');
  if (!received) return headSchema.parse(await client.post('clerk', '/cases', application, key));
  const imported = {
    ...application,
    receivedOn: receiptDay(received, today, calendar),
    reason: '系统上线前已受理的纸质案件',
  };
  const head = headSchema.parse(await client.post('supervisor', '/cases/import', imported, key));
  return { ...head, stage: await joined(client, head.caseNumber) };
}

const JOIN_POLLS = 200;

/** A running case is a draft for the moment until its past is on record. */
async function joined(client: RestClient, caseNumber: string): Promise<Stage> {
  for (let poll = 0; poll < JOIN_POLLS; poll += 1) {
    const { stage } = headSchema.parse(await client.get('clerk', `/cases/${caseNumber}`));
    if (stage !== 'draft') return stage;
    await pause(100);
  }
  throw new Error(`case ${caseNumber} was imported but has not joined`);
}

const CHECK_ATTEMPTS = 12;

/** A reviewer's act is refused while the automatic checks run; each attempt is a new one, with a new key. */
async function whenChecked(send: (attempt: string) => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(attempt === 1 ? '' : `-${attempt}`);
    } catch (error) {
      const running = error instanceof RequestRefused && error.code === 'PRE_CHECK_RUNNING';
      if (!running || attempt === CHECK_ATTEMPTS) throw error;
      if (!error.replayed) await pause(1_000);
    }
  }
}

function keyOf({ number }: PlannedCase, what: string): string {
  return `demo-${String(number).padStart(5, '0')}-${what}`;
}
