import type { WorkCalendar } from './calendar.ts';

/**
 * For tests, typed from the notices themselves and the law, not from any package: 2026 as published on
 * 2025-11-04, 2027 from the days fixed by law alone.
 */
export const CALENDAR_2026: WorkCalendar = {
  version: 'test-2026',
  years: [
    {
      year: 2026,
      published: true,
      off: [
        ...[
          '01-01',
          '01-02',
          '02-16',
          '02-17',
          '02-18',
          '02-19',
          '02-20',
          '02-23',
          '04-06',
          '05-01',
          '05-04',
        ],
        ...['05-05', '06-19', '09-25', '10-01', '10-02', '10-05', '10-06', '10-07'],
      ],
      makeUp: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    },
    {
      year: 2027,
      published: false,
      off: ['01-01', '02-05', '02-08', '04-05', '06-09', '09-15', '10-01'],
      makeUp: [],
    },
  ],
};
