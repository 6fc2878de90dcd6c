import { plainDate, type PlainDate } from '../../domain/plain-date.ts';
import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import { type NoticeProps, type RenderedNotice, renderNotice } from '../../templates/notices/index.ts';
import type { NoticeDates } from '../records/port.ts';
import type { NoticeToSend } from './notice-store.ts';

/** The number a person may ring about any notice. */
export interface NoticeHouse {
  readonly enquiryPhone: string;
}

/** Something the kind can't do without is not there: the order was wrong, and sending again can't mend it. */
export class NoticeDateMissing extends Error {
  override readonly name = 'NoticeDateMissing';
}

type PropsMaker = { readonly [K in NoticeKind]: (dates: NoticeDates, common: Common) => NoticeProps<K> };
interface Common {
  readonly reference: string;
  readonly enquiryPhone: string;
  readonly venueName: string | undefined;
  readonly code: string | undefined;
}

const PROPS: PropsMaker = {
  'draft-lapsing': (dates, common) => ({ ...house(common), keptUntil: need(dates.lapsesOn) }),
  'material-missing': (dates, common) => ({ ...house(common), respondBy: need(dates.lapsesOn) }),
  'pre-check-passed': (dates, common) => ({ ...house(common), validUntil: need(dates.lapsesOn) }),
  appointment: ({ appointment }, common) => {
    if (!appointment) throw new NoticeDateMissing('the visit is missing');
    const { date, time } = appointment;
    return { ...house(common), date: plainDate(date), time, venueName: known(common.venueName) };
  },
  'cooling-off-ending': (dates, common) => ({
    ...house(common),
    lastDay: need(dates.coolingOffLastDay),
    nextStepFrom: need(dates.claimFirstWorkingDay),
    provisional: dates.provisional ?? false,
  }),
  'window-open': (dates, common) => ({
    ...house(common),
    firstDay: need(dates.claimFirstWorkingDay),
    lastDay: need(dates.claimLastDay),
    provisional: dates.provisional ?? false,
  }),
  'window-closing': (dates, common) => ({
    ...house(common),
    lastDay: need(dates.claimLastDay),
    provisional: dates.provisional ?? false,
  }),
  'dates-changed': (dates, common) => ({
    ...house(common),
    nextStepFrom: need(dates.claimFirstWorkingDay),
    lastDay: need(dates.claimLastDay),
    provisional: dates.provisional ?? false,
  }),
  withdrawn: (dates, common) => ({ ...house(common), withdrawnOn: dates.stageSince }),
  'status-changed': (dates, common) => ({ ...house(common), changedOn: dates.stageSince }),
  'deemed-withdrawn': (dates, common) => ({ ...house(common), lastDay: need(dates.claimLastDay) }),
  registered: (dates, common) => ({ ...house(common), registeredOn: dates.stageSince }),
  'archive-copy': (dates, common) => ({ ...house(common), archivedOn: dates.today }),
  'rating-invitation': (dates, common) => ({
    ...house(common),
    visitedOn: dates.stageSince,
    rateBy: need(dates.rateBy),
  }),
  'number-confirmation': (_dates, common) => ({ ...house(common), code: known(common.code) }),
};

function house({ reference, enquiryPhone }: Common): { reference: string; enquiryPhone: string } {
  return { reference, enquiryPhone };
}

function need(date: PlainDate | undefined): PlainDate {
  if (date === undefined) throw new NoticeDateMissing('a date of this notice is missing');
  return plainDate(date);
}

function known(text: string | undefined): string {
  if (text === undefined) throw new NoticeDateMissing('a text of this notice is missing');
  return text;
}

/** The wording of a notice. @throws NoticeDateMissing, NoticeNotNeutralError */
export function wordingOf(
  notice: NoticeToSend,
  { enquiryPhone }: NoticeHouse,
  code?: string,
): RenderedNotice {
  const { caseNumber: reference, venueName } = notice;
  return render(notice.template ?? notice.kind, notice, { reference, enquiryPhone, venueName, code });
}

// The parameter ties the kind to its own props; the linter sees only that it stands once in the signature.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function render<K extends NoticeKind>(kind: K, notice: NoticeToSend, common: Common): RenderedNotice {
  return renderNotice(kind, notice.locale, PROPS[kind](notice.dates, common));
}
