import type { Route } from './http/route.ts';
import { actRoutes } from './resources/acts.ts';
import { alarmRoutes } from './resources/alarms.ts';
import { archiveRoutes } from './resources/archive.ts';
import { calendarRoutes } from './resources/calendars.ts';
import { caseRoutes } from './resources/cases.ts';
import { contactRoutes } from './resources/contact.ts';
import { counsellingRoutes } from './resources/counselling.ts';
import { documentRoutes } from './resources/documents.ts';
import { machineRoutes } from './resources/machines.ts';
import { numberChangeRoutes } from './resources/number-changes.ts';
import { reconciliationRoutes } from './resources/reconciliations.ts';
import { recomputationRoutes } from './resources/recomputations.ts';
import { recordRoutes } from './resources/records.ts';
import { referenceRoutes } from './resources/reference-data.ts';
import { rehearsalRoutes } from './resources/rehearsal.ts';
import { reminderRoutes } from './resources/reminders.ts';

/** Everything below `/api/v1`, in the order of the documentation; a fixed address stands before one with a name. */
export const ROUTES: readonly Route[] = [
  ...caseRoutes,
  ...actRoutes,
  ...documentRoutes,
  ...recordRoutes,
  ...counsellingRoutes,
  ...archiveRoutes,
  ...referenceRoutes,
  ...reminderRoutes,
  ...contactRoutes,
  ...numberChangeRoutes,
  ...calendarRoutes,
  ...recomputationRoutes,
  ...reconciliationRoutes,
  ...alarmRoutes,
  ...rehearsalRoutes,
  ...machineRoutes,
];
