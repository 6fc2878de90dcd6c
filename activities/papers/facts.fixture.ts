import type { Application } from '../../domain/application/application.ts';
import { CALENDAR_2026 } from '../../domain/clock/calendar-2026.fixture.ts';
import { periods } from '../../domain/clock/periods.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { instantAt } from '../../domain/zoned-time.ts';
import type { PaperFacts, PaperStep } from './port.ts';

/** What must stand on no paper: either party may leave it where others see it. */
export const PRIVATE = ['10012345678', '10087654321', '测试街道样本路100号', '样品花园12栋', '@heli.example'];

/** Synthetic couple: identity numbers of the unassigned region 440399. */
export const APPLICATION: Application = {
  channel: 'online',
  locale: 'zh-Hans',
  venueId: 'gm-centre',
  parties: [
    {
      name: '欧阳试',
      idType: 'mainland-id',
      idNumber: '440399199003070014',
      mobile: '10012345678',
      email: 'a@heli.example',
      address: '光明区测试街道样本路100号',
    },
    {
      name: '样本',
      idType: 'mainland-id',
      idNumber: '440399199205080026',
      mobile: '10087654321',
      email: 'b@heli.example',
      address: '样品花园12栋',
      safety: true,
    },
  ],
  marriage: { certificateNumber: 'J440311-2015-001234', registeredOn: '2015-05-20', office: '测试登记处' },
  agreement: { voluntary: true, children: true, property: true, debts: true },
  minorChildren: [{ bornOn: '2018-03-01' }],
};

const step = (date: string, changes: Partial<PaperStep> = {}): PaperStep => ({
  at: instantAt(plainDate(date), '10:00'),
  actor: 'staff-1',
  ...changes,
});

const drafted: PaperFacts = {
  caseNumber: 'GM01-2026-000001',
  rehearsal: false,
  locale: 'zh-Hans',
  officeName: '深圳市光明区婚姻登记处',
  stage: 'draft',
  application: APPLICATION,
  opened: step('2026-10-28'),
};
const acceptedFacts: PaperFacts = {
  ...drafted,
  stage: 'cooling-off',
  receiptNumber: 'S440311-2026-000001',
  clock: periods(plainDate('2026-10-30'), CALENDAR_2026),
  accepted: step('2026-10-30'),
};

/** What is on record of a case at each point where its papers change. */
export const POINTS = {
  drafted,
  refusedAtCounter: {
    ...drafted,
    stage: 'refused',
    refusedAcceptance: step('2026-10-29', { reason: 'DOC_MISSING' }),
  },
  accepted: acceptedFacts,
  withdrawn: { ...acceptedFacts, stage: 'withdrawn', withdrawn: step('2026-11-10', { party: 'b' }) },
  refusedAtReview: {
    ...acceptedFacts,
    stage: 'confirmation',
    refusedRegistration: step('2026-12-01', { reason: 'NOT_VOLUNTARY' }),
  },
  deemedWithdrawn: { ...acceptedFacts, stage: 'deemed-withdrawn' },
  registered: {
    ...acceptedFacts,
    stage: 'registered',
    certificateNumber: 'L440311-2026-000001',
    registered: step('2026-12-02', { registrar: 'staff-7' }),
  },
} as const satisfies Record<string, PaperFacts>;
export type Point = keyof typeof POINTS;
