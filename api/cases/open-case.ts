import type { Application } from '../../domain/application/application.ts';
import { normalizeApplication } from '../../domain/application/normalize-application.ts';
import type { Realm } from '../../domain/case/state.ts';
import { isWorkingDay } from '../../domain/clock/calendar.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { type OpenCaseInput, VenueUnknown, writeNewCase } from '../../prisma/open-case.ts';
import { caseOpenedBy } from '../../prisma/queries/cases.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { findVenue } from '../../prisma/venues.ts';
import { type Actor, inScope } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields, Problem } from '../problems/problem.ts';
import { caseHeadOf } from './case-head.ts';
import { requireLawfulApplication } from './check-application.ts';
import { calendarFor, getCase } from './load-case.ts';
import { startPending } from './start-pending.ts';

export interface CaseOpeningRequest {
  readonly deps: ApiDependencies;
  readonly actor: Actor;
  readonly actId: string;
  readonly application: Application;
  readonly realm: Realm;
  /** A running paper case. */
  readonly imported?: {
    readonly receivedOn: PlainDate;
    readonly acceptingVenueId?: string | undefined;
    readonly reason: string;
  };
}

/**
 * Opens a case: row first, workflow second. Should the start be lost, the sweep repeats it; should the request come
 * again with its key, the case it made is found.
 * @throws Problem 422 naming every wrong field, 403 for a venue out of scope
 */
export async function openCase(asked: CaseOpeningRequest) {
  const { deps, actor, actId } = asked;
  requireLawfulApplication(deps, asked.application, dateAt(deps.now()));
  const application = normalizeApplication(asked.application, { allowTestNumbers: deps.settings.demo });
  const request = { ...asked, application };
  await requireOffice(request, application.venueId, 'venueId');
  const imported = await importOf(request);
  const caseNumber = (await caseOpenedBy(deps.db, actId)) ?? (await write(request, imported));
  await startPending(deps, caseNumber);
  const head = await caseHeadOf(deps, actor, await getCase(deps, actor, caseNumber));
  return { status: 201, headers: { location: `/api/v1/cases/${caseNumber}` }, json: head };
}

async function requireOffice(
  { deps, actor }: CaseOpeningRequest,
  venueId: string,
  field: string,
): Promise<void> {
  const venue = await findVenue(deps.db, venueId);
  if (!venue?.officeCode) throw invalidFields([{ field, code: 'VENUE_UNKNOWN' }]);
  if (!inScope(actor, venueId) && venueId !== actor.venue) throw new Problem('VENUE_OUT_OF_SCOPE');
}

type Imported = OpenCaseInput['imported'];

async function importOf(request: CaseOpeningRequest): Promise<Imported> {
  const { deps, actor, actId, application, realm, imported } = request;
  if (!imported) return undefined;
  const { receivedOn, reason, acceptingVenueId = application.venueId } = imported;
  const field = 'receivedOn';
  if (receivedOn > dateAt(deps.now())) throw invalidFields([{ field, code: 'RECEIVED_ON_IN_FUTURE' }]);
  const calendar = await calendarFor(deps, realm, receivedOn);
  if (!isWorkingDay(calendar, receivedOn))
    throw invalidFields([{ field, code: 'RECEIVED_ON_NOT_WORKING_DAY' }]);
  await requireOffice(request, acceptingVenueId, 'acceptingVenueId');
  return { actId: `${actId}-import`, actor: actor.sub, receivedOn, acceptingVenueId, calendar, reason };
}

async function write(request: CaseOpeningRequest, imported: Imported): Promise<string> {
  const { deps, actor, actId, application, realm } = request;
  try {
    const opened = await writeNewCase(deps.db, deps.keys, deps.cipher, {
      application,
      realm,
      actor: actor.sub,
      role: actor.role,
      actId,
      now: deps.now(),
      policy: deps.policies.inForce(dateAt(deps.now())),
      ...(imported ? { imported } : {}),
    });
    return opened.caseNumber;
  } catch (error) {
    if (error instanceof VenueUnknown) throw invalidFields([{ field: 'venueId', code: 'VENUE_UNKNOWN' }]);
    // The same request at the same time in another process: one of the two has written the case.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      const before = await caseOpenedBy(deps.db, actId);
      if (before) return before;
    }
    throw error;
  }
}
