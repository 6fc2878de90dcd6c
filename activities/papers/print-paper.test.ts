import { describe, expect, it } from '@jest/globals';
import { CALENDAR_2026 } from '../../domain/clock/calendar-2026.fixture.ts';
import { periods } from '../../domain/clock/periods.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import { readPdf } from '../../templates/documents/read-pdf.fixture.ts';
import { APPLICATION, type Point, POINTS, PRIVATE } from './facts.fixture.ts';
import { type PaperFacts, PRINTABLE, type Printable } from './port.ts';
import { paperPress, printPaper } from './print-paper.ts';
import { volumePapers } from './volume-papers.ts';

const AT_ONCE = ['application'] as const;
/** From the acceptance on; before the registration they are printed to be filled in and signed. */
const ACCEPTED = [
  ...AT_ONCE,
  ...([
    'receipt',
    'interview-record-a',
    'interview-record-b',
    'declaration-a',
    'declaration-b',
    'review-form',
  ] as const),
];
const THERE: Record<Point, readonly Printable[]> = {
  drafted: AT_ONCE,
  refusedAtCounter: [...AT_ONCE, 'non-acceptance'],
  accepted: ACCEPTED,
  withdrawn: [...ACCEPTED, 'withdrawal-confirmation'],
  refusedAtReview: [...ACCEPTED, 'non-registration'],
  deemedWithdrawn: ACCEPTED,
  registered: [...ACCEPTED, 'certificate-a', 'certificate-b'],
};
const POINT_NAMES = Object.keys(POINTS) as Point[];
const PAIRS = POINT_NAMES.flatMap((point) => PRINTABLE.map((paper) => ({ point, paper })));

const textOf = (bytes: Buffer): string => readPdf(bytes).text.replaceAll('\n', '');
async function print(facts: PaperFacts, paper: Printable): Promise<Buffer> {
  const bytes = await printPaper(facts, paper);
  if (!bytes) throw new Error(`there is no ${paper}`);
  return bytes;
}

describe('papers at every point of a case', () => {
  it.each(PAIRS)('$point: $paper', async ({ point, paper }) => {
    const bytes = await printPaper(POINTS[point], paper);
    expect(bytes !== undefined).toBe(THERE[point].includes(paper));
    if (!bytes) return;
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    const text = textOf(bytes);
    expect(text).toContain(POINTS[point].officeName);
    for (const secret of PRIVATE) expect(text).not.toContain(secret);
    expect(text).not.toContain('undefined');
  });

  it.each(PRINTABLE)('%s printed again is the same to the byte', async (paper) => {
    const point = POINT_NAMES.findLast((name) => THERE[name].includes(paper)) ?? 'registered';
    const [once, again] = [await print(POINTS[point], paper), await print(POINTS[point], paper)];
    expect(again.equals(once)).toBe(true);
  });

  it('every paper is there at some point', () => {
    expect(new Set(POINT_NAMES.flatMap((point) => THERE[point]))).toEqual(new Set(PRINTABLE));
  });
});

describe('what the papers say', () => {
  it('the receipt: both periods, both names, its number', async () => {
    const text = textOf(await print(POINTS.accepted, 'receipt'));
    for (const said of [
      'S440311-2026-000001',
      '欧阳试',
      '样本',
      '2026年11月30日',
      '2026年12月1日',
      '2026年12月30日',
    ])
      expect(text.replaceAll(' ', '')).toContain(said);
  });

  it('the receipt marks dates that may still move, and only those', async () => {
    const clock = periods(plainDate('2026-11-23'), CALENDAR_2026);
    const moving: PaperFacts = { ...POINTS.accepted, clock };
    const [sure, unsure] = [await print(POINTS.accepted, 'receipt'), await print(moving, 'receipt')];
    expect(textOf(unsure).length).toBeGreaterThan(textOf(sure).length);
  });

  it('the withdrawal: the day, and the one who withdrew', async () => {
    const text = textOf(await print(POINTS.withdrawn, 'withdrawal-confirmation')).replaceAll(' ', '');
    expect(text).toContain('2026年11月10日');
    expect(text).toContain('440399199205080026');
    expect(text).not.toContain('440399199003070014');
  });

  it.each([
    ['a', '欧阳试', '440399199003070014'],
    ['b', '样本', '440399199205080026'],
  ] as const)('the certificate of %s', async (label, name, idNumber) => {
    const text = textOf(await print(POINTS.registered, `certificate-${label}`)).replaceAll(' ', '');
    for (const said of ['L440311-2026-000001', name, idNumber, '2026年12月2日']) expect(text).toContain(said);
  });

  it('the two booklets of a couple differ', async () => {
    const [a, b] = [
      await print(POINTS.registered, 'certificate-a'),
      await print(POINTS.registered, 'certificate-b'),
    ];
    expect(a.equals(b)).toBe(false);
  });

  it('a refusal: its ground and what can be done against it', async () => {
    const text = textOf(await print(POINTS.refusedAtReview, 'non-registration'));
    expect(text).toContain('1078');
    expect(text).toContain('六十日');
  });

  it('the review form before the registration has no number and no opinion', async () => {
    expect(textOf(await print(POINTS.accepted, 'review-form'))).not.toContain('L440311');
    expect(textOf(await print(POINTS.registered, 'review-form')).replaceAll(' ', '')).toContain(
      'L440311-2026-000001',
    );
  });

  it('a certificate is not printed for a party whose number does not tell sex and birth', async () => {
    const [a, b] = APPLICATION.parties;
    const foreign = { ...b, idType: 'passport', idNumber: 'X1234567' } as const;
    const facts = { ...POINTS.registered, application: { ...APPLICATION, parties: [a, foreign] as const } };
    expect(await printPaper(facts, 'certificate-a')).toBeUndefined();
    expect(await printPaper(facts, 'review-form')).toBeDefined();
  });

  it('a rehearsed paper is marked, and guides come in the language of the couple', async () => {
    const texts = await Promise.all(
      LOCALES.map(async (locale) => textOf(await print({ ...POINTS.accepted, locale }, 'receipt'))),
    );
    expect(new Set(texts).size).toBe(LOCALES.length);
    const specimen = await print({ ...POINTS.accepted, rehearsal: true }, 'receipt');
    expect(specimen.equals(await print(POINTS.accepted, 'receipt'))).toBe(false);
  });
});

describe('the press and the volume', () => {
  it('prints from what is on record now', async () => {
    const asked: string[] = [];
    const press = paperPress((caseNumber) => {
      asked.push(caseNumber);
      return Promise.resolve(POINTS.drafted);
    });
    expect(await press.print('GM01-2026-000001', 'receipt')).toBeUndefined();
    expect(await press.print('GM01-2026-000001', 'application')).toBeInstanceOf(Buffer);
    expect(asked).toEqual(['GM01-2026-000001', 'GM01-2026-000001']);
  });

  it.each<[Point, readonly string[]]>([
    ['registered', ['papers/review-form.pdf', 'papers/receipt.pdf']],
    ['withdrawn', ['papers/withdrawal-confirmation.pdf', 'papers/receipt.pdf']],
    ['deemedWithdrawn', ['papers/receipt.pdf']],
    ['drafted', []],
  ])('the volume of a case that is %s keeps %j', async (point, paths) => {
    const entries = await volumePapers(POINTS[point]);
    expect(entries.map(({ path }) => path)).toEqual(paths);
    for (const entry of entries) expect(entry.mediaType).toBe('application/pdf');
    const again = await volumePapers(POINTS[point]);
    expect(again).toEqual(entries);
  });
});
