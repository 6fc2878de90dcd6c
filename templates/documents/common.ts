import type { Locale } from '../../domain/case/vocabulary.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { fullDate } from '../civil-date-text.ts';
import type { SheetOptions } from './layout/sheet.ts';

/** What every paper is told. */
export interface PaperProps {
  readonly caseNumber: string;
  /** Name of the registry, as on its seal. */
  readonly officeName: string;
  readonly createdAt: EpochMs;
  /** True in rehearsal: every page says 样张 SPECIMEN. */
  readonly specimen: boolean;
  /** Language of the small guide line under the title; papers themselves are in simplified Chinese. */
  readonly guide: Locale;
}

/** The person as short papers name them. */
export interface NamedParty {
  readonly name: string;
  /** Name of the identity document, e.g. 居民身份证. */
  readonly idTypeName: string;
  readonly idNumber: string;
}

/** The party block of the forms; undefined leaves the square blank to be filled in by hand. */
export interface PartyDetails extends NamedParty {
  readonly sex: '男' | '女' | undefined;
  readonly nationality: string | undefined;
  readonly bornOn: PlainDate | undefined;
  readonly ethnicity: string | undefined;
  readonly occupation: string | undefined;
  readonly education: string | undefined;
  /**
   * 'kept-apart' prints that address and telephone are kept at the office: neither party's may be shown to the other
   * (a protected party above all).
   */
  readonly contact: { readonly residence: string; readonly phone: string } | 'kept-apart';
}

export type GuideLines = Readonly<Record<Exclude<Locale, 'zh-Hans'>, string>>;

export function guideLine(lines: GuideLines, guide: Locale): string | undefined {
  return guide === 'zh-Hans' ? undefined : lines[guide];
}

export function zhDate(date: PlainDate): string {
  return fullDate(date, 'zh-Hans');
}

export function sheetOptions(title: string, props: PaperProps): SheetOptions {
  const { createdAt, specimen, caseNumber, officeName } = props;
  return { title, createdAt, specimen, footer: `${officeName}\u3000案件编号 ${caseNumber}` };
}

export const HAND_DATE = '　　　年　　月　　日';
