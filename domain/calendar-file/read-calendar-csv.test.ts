import { describe, expect, it } from '@jest/globals';
import { readCalendarCsv } from './read-calendar-csv.ts';

const file = (...lines: string[]): string => ['date,kind', ...lines].join('\n');

describe('a calendar file', () => {
  it('gives its days with their lines', () => {
    expect(readCalendarCsv(file('2027-01-01,off', '2027-01-09,make-up'))).toEqual({
      off: [{ value: '2027-01-01', line: 2 }],
      makeUp: [{ value: '2027-01-09', line: 3 }],
      problems: [],
    });
  });

  it('may come from a spreadsheet: mark, line ends, quotes, names, comments and blank lines', () => {
    const text = [
      '\uFEFF# 国办发明电〔2026〕7号',
      '',
      'Date, Kind ,"name"',
      '"2027-01-01",休,"元旦, 第一天"',
      '   ',
      '# 调休',
      ' 2027-01-09 , "班" ,"又称""补班"""',
      '2027-01-10,MAKE-UP,',
      '',
    ].join('\r\n');
    expect(readCalendarCsv(text)).toEqual({
      off: [{ value: '2027-01-01', line: 4 }],
      makeUp: [
        { value: '2027-01-09', line: 7 },
        { value: '2027-01-10', line: 8 },
      ],
      problems: [],
    });
  });

  it('leaves what is no date to the validation, which knows the year', () => {
    expect(readCalendarCsv(file('2027-02-30,off')).off).toEqual([{ value: '2027-02-30', line: 2 }]);
  });

  it.each([
    ['CALENDAR_FILE_EMPTY', 'file', 1, ''],
    ['CALENDAR_FILE_EMPTY', 'file', 1, 'date,kind'],
    ['CALENDAR_FILE_EMPTY', 'file', 3, '# nothing\n\n'],
    ['CALENDAR_FILE_HEADER_WRONG', 'file', 1, '2027-01-01,off\n2027-01-02,off'],
    ['CALENDAR_FILE_HEADER_WRONG', 'file', 1, 'date;kind\n2027-01-01;off'],
    ['CALENDAR_FILE_HEADER_WRONG', 'file', 1, 'date,kind,name,more\n2027-01-01,off'],
    ['CALENDAR_FILE_NOT_TEXT', 'file', 2, 'date,kind\n2027\u0000-01-01,off'],
    ['CALENDAR_FILE_NOT_TEXT', 'file', 1, 'PK\u0003\u0004'],
    ['CALENDAR_FILE_LINE_MALFORMED', 'file', 2, file('2027-01-01')],
    ['CALENDAR_FILE_LINE_MALFORMED', 'file', 2, file(',off')],
    ['CALENDAR_FILE_LINE_MALFORMED', 'file', 2, file('2027-01-01,off,元旦,1')],
    ['CALENDAR_FILE_LINE_MALFORMED', 'file', 2, file('"2027-01-01,off')],
    ['CALENDAR_FILE_LINE_MALFORMED', 'file', 2, file('"2027-01-01"x,off')],
    ['CALENDAR_FILE_KIND_UNKNOWN', 'kind', 2, file('2027-01-01,holiday')],
    ['CALENDAR_FILE_KIND_UNKNOWN', 'kind', 2, file('2027-01-01,constructor')],
    ['CALENDAR_FILE_TOO_LONG', 'file', 368, file(...Array<string>(400).fill('2027-01-01,off'))],
  ])('is refused with %s in %s on line %i', (code, field, line, text) => {
    expect(readCalendarCsv(text).problems).toEqual([expect.objectContaining({ code, field, line })]);
  });

  it('names every bad line, and quotes no more of it than is needed to find it', () => {
    const { problems, off } = readCalendarCsv(file('x'.repeat(500), '2027-01-01,off', '2027-01-02,?'));
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['CALENDAR_FILE_LINE_MALFORMED', 2],
      ['CALENDAR_FILE_KIND_UNKNOWN', 4],
    ]);
    expect(problems[0]?.value).toHaveLength(40);
    expect(off).toHaveLength(1);
  });
});
