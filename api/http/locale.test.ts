import { describe, expect, it } from '@jest/globals';
import { localeOf } from './locale.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr-FR, de;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant-TW;q=0.9, en;q=0.8', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['en;q=0.1, zh-TW;q=0.7', 'zh-Hant'],
    ['zh;q=0, en', 'en'],
    ['yue', 'zh-Hant'],
  ])('for %s is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});
