import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../domain/plain-date.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/reminders/kinds.ts';
import { monthDay } from '../civil-date-text.ts';
import { LOCALES, type Locale } from '../../domain/case/vocabulary.ts';
import { smsParts } from '../sms-parts.ts';
import { NoticeNotNeutralError, renderNotice, type NoticePropsByKind, type RenderedNotice } from './index.ts';
import { SIGNATURES } from './notice-template.ts';

const SEED_FILE = join(import.meta.dirname, '../../deploy/seed/venues.json');
const common = { reference: 'GM01-2026-000123', enquiryPhone: '12345' };
const PROPS: NoticePropsByKind = {
  'draft-lapsing': { ...common, keptUntil: plainDate('2026-12-22') },
  'material-missing': { ...common, respondBy: plainDate('2026-12-07') },
  'pre-check-passed': { ...common, validUntil: plainDate('2026-12-23') },
  appointment: { ...common, date: plainDate('2026-12-24'), time: '10:30', venueName: 'GM-1' },
  'cooling-off-ending': {
    ...common,
    lastDay: plainDate('2026-12-23'),
    nextStepFrom: plainDate('2026-12-24'),
    provisional: false,
  },
  'window-open': {
    ...common,
    firstDay: plainDate('2026-12-24'),
    lastDay: plainDate('2027-01-22'),
    provisional: false,
  },
  'window-closing': { ...common, lastDay: plainDate('2027-01-22'), provisional: false },
  'dates-changed': {
    ...common,
    nextStepFrom: plainDate('2026-12-24'),
    lastDay: plainDate('2027-01-22'),
    provisional: false,
  },
  'status-changed': { ...common, changedOn: plainDate('2026-12-10') },
  withdrawn: { ...common, withdrawnOn: plainDate('2026-12-10') },
  'deemed-withdrawn': { ...common, lastDay: plainDate('2027-01-22') },
  registered: { ...common, registeredOn: plainDate('2026-12-30') },
  'archive-copy': { ...common, archivedOn: plainDate('2026-12-30') },
  'number-confirmation': { ...common, code: '402771' },
  'rating-invitation': {
    ...common,
    visitedOn: plainDate('2026-12-30'),
    rateBy: plainDate('2027-01-06'),
  },
};

const CASES = NOTICE_KINDS.flatMap((kind) => LOCALES.map((locale) => ({ kind, locale })));

function render({ kind, locale }: { kind: NoticeKind; locale: Locale }): RenderedNotice {
  return renderNotice(kind, locale, PROPS[kind]);
}

/** The longest name of a venue as delivered (`deploy/seed/venues.json`). */
const LONGEST_VENUE: Record<Locale, string> = {
  'zh-Hans': '凤凰产业园流动服务站',
  'zh-Hant': '鳳凰產業園流動服務站',
  en: 'Guangming District Marriage Registration Centre',
};

/** A rehearsed case, a provisional calendar, and a day and a month of two digits wherever there is a date. */
function longest<K extends NoticeKind>(kind: K, locale: Locale): NoticePropsByKind[K] {
  const props = Object.entries(PROPS[kind]).map(([name, value]): [string, unknown] => [
    name,
    /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? plainDate('2026-12-24') : value,
  ]);
  return {
    ...Object.fromEntries(props),
    reference: 'RGM01-2026-000123',
    ...('provisional' in PROPS[kind] ? { provisional: true } : {}),
    ...('venueName' in PROPS[kind] ? { venueName: LONGEST_VENUE[locale] } : {}),
  } as NoticePropsByKind[K];
}

function bodyOf(notice: RenderedNotice, locale: Locale): string {
  return notice.text.slice(SIGNATURES[locale].length);
}

describe('every notice in every language', () => {
  it.each(CASES)('$kind in $locale does not tell a stranger what it is about', (one) => {
    const notice = render(one);
    const open = `${notice.subject}\n${bodyOf(notice, one.locale)}`;
    expect(open).not.toMatch(/[离離婚]|冷[静靜]|夫妻|配偶|[双雙]方|divorce|marri|spouse|couple|cooling/i);
    expect(open).not.toMatch(/街道|路\d|[号號][楼樓]|street|road/i);
  });

  it.each(CASES)('$kind in $locale begins with the registered signature, once', (one) => {
    const { text } = render(one);
    expect(text.startsWith(SIGNATURES[one.locale])).toBe(true);
    expect(text.match(/[【[]/g)).toHaveLength(1);
  });

  it.each(CASES)('$kind in $locale says every date, the reference and whom to ask', (one) => {
    const { text, subject } = render(one);
    const dates = Object.values(PROPS[one.kind]).filter((value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)));
    expect(dates.length > 0).toBe(one.kind !== 'number-confirmation');
    for (const date of dates) expect(text).toContain(monthDay(plainDate(String(date)), one.locale));
    expect(text).toContain(common.enquiryPhone);
    expect(text).toContain(common.reference);
    expect(subject).toContain(common.reference);
  });

  it.each(CASES)('$kind in $locale leaves nothing unfilled and no digits run together', (one) => {
    const { text, subject } = render(one);
    expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|\$\{|[{}]|\d{4}-\d{2}-\d{2}/);
    expect(text).not.toMatch(/000123\d|\d12345/);
  });

  it.each(CASES)('$kind in $locale counts its parts and names its wording', (one) => {
    const notice = render(one);
    expect(notice.parts).toBe(smsParts(notice.text).parts);
    expect(notice.templateVersion).toMatch(new RegExp(`^${one.kind}/${one.locale}/[1-9]\\d*$`));
  });

  it.each(CASES.filter(({ locale }) => locale !== 'en'))(
    '$kind in $locale fits one short message with the longest values there are',
    ({ kind, locale }) => {
      const { text } = renderNotice(kind, locale, longest(kind, locale));
      expect(smsParts(text)).toMatchObject({ encoding: 'ucs-2', parts: 1 });
    },
  );

  it.each(NOTICE_KINDS)('%s in English stays inside the GSM alphabet and two parts', (kind) => {
    const { encoding, parts } = smsParts(render({ kind, locale: 'en' }).text);
    expect(encoding).toBe('gsm-7');
    expect(parts).toBeLessThanOrEqual(2);
  });
});

describe('the longest name of a venue', () => {
  it.each([
    ['zh-Hans', 'nameHans'],
    ['zh-Hant', 'nameHant'],
    ['en', 'nameEn'],
  ] as const)('is the one the notices are measured with in %s', (locale, field) => {
    const seed = JSON.parse(readFileSync(SEED_FILE, 'utf8')) as Record<typeof field, string>[];
    const lengths = seed.map((venue) => venue[field].length);
    expect(Math.max(...lengths)).toBe(LONGEST_VENUE[locale].length);
  });
});

describe('wording', () => {
  it('changes only together with its version', () => {
    const wording = CASES.map((one) => render(one)).map(({ templateVersion, subject, text }) => ({
      templateVersion,
      subject,
      text,
    }));
    expect(wording).toMatchSnapshot();
  });

  it.each(LOCALES)('marks a provisional date in %s', (locale) => {
    for (const kind of ['cooling-off-ending', 'window-open', 'window-closing', 'dates-changed'] as const) {
      const { text } = renderNotice(kind, locale, { ...PROPS[kind], provisional: true });
      expect(text).toMatch(/（[暂暫]定）| \(provisional\)/);
      expect(render({ kind, locale }).text).not.toMatch(/[暂暫]定|provisional/);
    }
  });

  it.each(['光明离婚登记室', '離婚登記室', 'Divorce Room'])('refuses a venue called %s', (venueName) => {
    expect(() => renderNotice('appointment', 'en', { ...PROPS.appointment, venueName })).toThrow(
      NoticeNotNeutralError,
    );
  });
});
