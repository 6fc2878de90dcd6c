import type { Locale } from '../../domain/case/vocabulary.ts';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import type { Texts } from '../problems/texts.ts';
import { NOTICE_TEXTS, partyText } from '../texts/vocabulary-texts.ts';

/** What became of a notice, in words: handed over, delivered, or still waiting and why. */
export function noticeSentences(notice: Notice): Texts {
  const sentences = LOCALES.map((locale) => [locale, sentence(notice, locale)] as const);
  return Object.fromEntries(sentences) as unknown as Texts;
}

function sentence(notice: Notice, locale: Locale): string {
  const kind = NOTICE_TEXTS[notice.kind as NoticeKind][locale];
  const party = partyText(notice.party)[locale];
  const channel = channelText(notice.channel ?? notice.channels[0], locale);
  return SENTENCES[locale](kind, party, channel, stateText(notice, locale));
}

const SENTENCES: Readonly<
  Record<Locale, (kind: string, party: string, channel: string, state: string) => string>
> = {
  'zh-Hans': (kind, party, channel, state) => `${kind}（${channel}，${party}）：${state}。`,
  'zh-Hant': (kind, party, channel, state) => `${kind}（${channel}，${party}）：${state}。`,
  en: (kind, party, channel, state) =>
    `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)} to ${party} by ${channel}: ${state}.`,
};

function channelText(channel: string | undefined, locale: Locale): string {
  if (channel === 'email') return { 'zh-Hans': '邮件', 'zh-Hant': '電郵', en: 'e-mail' }[locale];
  return { 'zh-Hans': '短信', 'zh-Hant': '短訊', en: 'text message' }[locale];
}

function stateText(notice: Notice, locale: Locale): string {
  const waiting = notice.state === 'queued' || notice.state === 'sending';
  if (waiting && notice.lastError !== null) {
    return {
      'zh-Hans': `尚未发出，已试 ${notice.attempts} 次（${notice.lastError}），继续重试`,
      'zh-Hant': `尚未發出，已試 ${notice.attempts} 次（${notice.lastError}），繼續重試`,
      en: `not sent yet after ${notice.attempts} attempts (${notice.lastError}); it is being tried again`,
    }[locale];
  }
  const known = STATE_TEXTS[notice.state];
  return known ? known[locale] : notice.state;
}

const STATE_TEXTS: Readonly<Record<string, Texts>> = {
  planned: { 'zh-Hans': '已计划', 'zh-Hant': '已計劃', en: 'planned' },
  queued: { 'zh-Hans': '等待发送', 'zh-Hant': '等待發送', en: 'waiting to be sent' },
  sending: { 'zh-Hans': '正在发送', 'zh-Hant': '正在發送', en: 'being sent' },
  sent: {
    'zh-Hans': '已发出，等待送达回执',
    'zh-Hant': '已發出，等待送達回執',
    en: 'handed to the gateway; the receipt is awaited',
  },
  delivered: { 'zh-Hans': '已送达', 'zh-Hant': '已送達', en: 'delivered' },
  undelivered: { 'zh-Hans': '未送达', 'zh-Hant': '未送達', en: 'not delivered' },
  failed: { 'zh-Hans': '发送失败', 'zh-Hant': '發送失敗', en: 'failed' },
  suppressed: { 'zh-Hans': '按规定不发送', 'zh-Hant': '按規定不發送', en: 'not sent, by rule' },
  cancelled: { 'zh-Hans': '已取消', 'zh-Hant': '已取消', en: 'cancelled' },
};
