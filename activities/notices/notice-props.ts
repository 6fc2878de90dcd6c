import { plainDate, type PlainDate } from '../../domain/plain-date.ts';
import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import { type NoticeProps, type RenderedNotice, renderNotice } from '../../templates/notices/index.ts';
import type { NoticeDates } from '../records/port.ts';
import type { NoticeToSend } from './notice-store.ts';

/** The number a person may ring about any notice. */
export interface NoticeHouse {
  readonly enquiryPhone: string;
}

/** A date the kind can't do without is not there: the order was wrong, and sending again can't mend it. */
export class NoticeDateMissing extends Error {
  override readonly name = 'NoticeDateMissing';
}

type PropsMaker = { readonly [K in NoticeKind]?: (dates: NoticeDates, common: Common) => NoticeProps<K> };
interface Common {
  readonly reference: string;
  readonly enquiryPhone: string;
}

const PROPS: PropsMaker = {
  'material-missing': (dates, common) => ({ ...common, respondBy: need(dates.lapsesOn) }),
  'pre-check-passed': (dates, common) => ({ ...common, validUntil: need(dates.lapsesOn) }),
  'cooling-off-ending': (dates, common) => ({
    ...common,
    lastDay: need(dates.coolingOffLastDay),
    nextStepFrom: need(dates.claimFirstWorkingDay),
    provisional: dates.provisional ?? false,
  }),
  'window-open': (dates, common) => ({
    ...common,
    firstDay: need(dates.claimFirstWorkingDay),
    lastDay: need(dates.claimLastDay),
    provisional: dates.provisional ?? false,
  }),
  'window-closing': (dates, common) => ({
    ...common,
    lastDay: need(dates.claimLastDay),
    provisional: dates.provisional ?? false,
  }),
  withdrawn: (dates, common) => ({ ...common, withdrawnOn: dates.stageSince }),
  'deemed-withdrawn': (dates, common) => ({ ...common, lastDay: need(dates.claimLastDay) }),
  registered: (dates, common) => ({ ...common, registeredOn: dates.stageSince }),
};

function need(date: PlainDate | undefined): PlainDate {
  if (date === undefined) throw new NoticeDateMissing('a date of this notice is missing');
  return plainDate(date);
}

/** The wording of a notice. @throws NoticeDateMissing */
export function wordingOf(notice: NoticeToSend, house: NoticeHouse): RenderedNotice {
  const common = { reference: notice.caseNumber, enquiryPhone: house.enquiryPhone };
  return render(notice.kind, notice, common);
}

// The parameter ties the kind to its own props; the linter sees only that it stands once in the signature.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function render<K extends NoticeKind>(kind: K, notice: NoticeToSend, common: Common): RenderedNotice {
  const make = PROPS[kind];
  if (!make) throw new NoticeDateMissing(`nothing orders ${kind} yet`);
  return renderNotice(kind, notice.locale, make(notice.dates, common));
}
