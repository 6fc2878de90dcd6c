import type { Application, ApplicationParty } from '../../domain/application/application.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { coupleOf, type Person } from './people.ts';
import type { PlannedCase } from './scenario.ts';

/** Years in which the district's couples married. */
const FIRST_WEDDING_YEAR = 2015;
const WEDDING_YEARS = 9;

/** The body of `POST /cases` for one planned case; the same case and day give the same body. */
export function applicationFor(planned: PlannedCase, today: PlainDate): Application {
  const { scenario, coupleNumber } = planned;
  const { channel, locale, venue, couple, children } = scenario;
  const [a, b] = coupleOf(coupleNumber, couple);
  return {
    channel,
    locale,
    venueId: venue,
    parties: [party(planned, 'a', a), party(planned, 'b', b)],
    marriage: marriageOf(planned),
    agreement: {
      voluntary: true,
      children: children.length > 0 ? '由乙方直接抚养，甲方每月支付抚养费并按约定探望。' : '无',
      property: '婚后共同财产已自行分割完毕，无争议。',
      debts: '无',
    },
    minorChildren: children.map((age, index) => ({ bornOn: birthday(today, age, coupleNumber + index) })),
  };
}

function party(planned: PlannedCase, label: PartyLabel, person: Person): ApplicationParty {
  const { scenario, coupleNumber } = planned;
  const email = emailOf(planned, label);
  return {
    ...person,
    ...(email === undefined ? {} : { email }),
    address: `光明区示例路${coupleNumber}号${label === 'a' ? '一' : '二'}单元`,
    ...(scenario.safety === label ? { safety: true } : {}),
  };
}

/** Addresses in domains that are reserved for examples (RFC 2606); those in `.invalid` are refused by every server. */
function emailOf({ scenario, coupleNumber }: PlannedCase, label: PartyLabel): string | undefined {
  if (scenario.mailBounces) return `party-${label}-${coupleNumber}@example.invalid`;
  return scenario.email.includes(label) ? `party-${label}-${coupleNumber}@example.com` : undefined;
}

function marriageOf({ scenario, coupleNumber }: PlannedCase): Application['marriage'] {
  const year = FIRST_WEDDING_YEAR + (coupleNumber % WEDDING_YEARS);
  return {
    certificateNumber:
      scenario.certificate ?? `J440399-${year}-${String(coupleNumber % 1_000_000).padStart(6, '0')}`,
    registeredOn: `${year}-${twoDigits(1 + (coupleNumber % 12))}-${twoDigits(3 + (coupleNumber % 24))}`,
    office: '光明区婚姻登记中心',
  };
}

/** A birth date with which the child is `age` years old on `today`. */
function birthday(today: PlainDate, age: number, spread: number): PlainDate {
  const within = addDays(today, -(30 + ((spread * 29) % 300)));
  // 29 February would not exist in most years.
  const monthDay = within.slice(5) === '02-29' ? '02-28' : within.slice(5);
  return `${yearOf(within) - age}-${monthDay}` as PlainDate;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
