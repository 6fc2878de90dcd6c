import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../domain/plain-date.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/reminders/kinds.ts';
import { monthDay } from '../civil-date-text.ts';
import { LOCALES, type Locale } from '../../domain/case/vocabulary.ts';
import { smsParts } from '../sms-parts.ts';
import { NoticeNotNeutralError, renderNotice, type NoticePropsByKind, type RenderedNotice } from './index.ts';
import { SIGNATURES } from './notice-template.ts';

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

  it.each(CASES.filter(({ locale }) => locale !== 'en'))('$kind in $locale fits one short message', (one) => {
    expect(smsParts(render(one).text)).toMatchObject({ encoding: 'ucs-2', parts: 1 });
  });

  it.each(NOTICE_KINDS)('%s in English stays inside the GSM alphabet and two parts', (kind) => {
    const { encoding, parts } = smsParts(render({ kind, locale: 'en' }).text);
    expect(encoding).toBe('gsm-7');
    expect(parts).toBeLessThanOrEqual(2);
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
