import type { Locale } from '../../domain/case/vocabulary.ts';

/** The reader's language by `Accept-Language` (RFC 9110 12.5.4); English when nothing we write is asked for. */
export function localeOf(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((each) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(each)?.[1]).find(Boolean);
      return { tag: tag.trim().toLowerCase(), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((x, y) => y.weight - x.weight);
  for (const { tag } of wanted) {
    const locale = spoken(tag);
    if (locale) return locale;
  }
  return 'en';
}

function spoken(tag: string): Locale | undefined {
  const [language, ...rest] = tag.split('-');
  if (language === 'en') return 'en';
  if (language !== 'zh' && language !== 'yue') return undefined;
  if (rest.includes('hans')) return 'zh-Hans';
  const traditional = rest.some((part) => ['hant', 'hk', 'tw', 'mo'].includes(part));
  return traditional || language === 'yue' ? 'zh-Hant' : 'zh-Hans';
}
