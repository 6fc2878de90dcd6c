import type { Locale } from '../../domain/case/vocabulary.ts';
import { LOCALES } from '../../domain/case/vocabulary.ts';
import type { Channel, NoticeKind } from '../../domain/reminders/kinds.ts';
import type { NoticeState } from '../../activities/notices/notice-store.ts';
import type { Notice } from '../../prisma/generated/client.ts';
import type { Texts } from '../problems/texts.ts';
import { CHANNEL_TEXTS, NOTICE_STATE_TEXTS, reasonText } from '../texts/reminder-texts.ts';
import { NOTICE_TEXTS, partyText } from '../texts/vocabulary-texts.ts';

/** What became of a notice, in words: handed over, delivered, or still waiting and why. */
export function noticeSentences(notice: Notice): Texts {
  const sentences = LOCALES.map((locale) => [locale, sentence(notice, locale)] as const);
  return Object.fromEntries(sentences) as unknown as Texts;
}

function sentence(notice: Notice, locale: Locale): string {
  const kind = NOTICE_TEXTS[notice.kind as NoticeKind][locale];
  const party = partyText(notice.party)[locale];
  const channel = CHANNEL_TEXTS[(notice.channel ?? notice.channels[0] ?? 'sms') as Channel][locale];
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

/** States whose reason a reader of the log wants to know. */
const WITH_REASON: readonly NoticeState[] = ['cancelled', 'suppressed', 'to-call', 'failed'];

function stateText(notice: Notice, locale: Locale): string {
  const state = notice.state as NoticeState;
  const { attempts, lastError } = notice;
  if ((state === 'queued' || state === 'sending') && attempts > 0 && lastError !== null) {
    return {
      'zh-Hans': `尚未发出，已试 ${attempts} 次（${lastError}），继续重试`,
      'zh-Hant': `尚未發出，已試 ${attempts} 次（${lastError}），繼續重試`,
      en: `not sent yet after ${attempts} attempts (${lastError}); it is being tried again`,
    }[locale];
  }
  const text = NOTICE_STATE_TEXTS[state][locale];
  if (lastError === null || !WITH_REASON.includes(state)) return text;
  const reason = reasonText(lastError)[locale];
  return locale === 'en' ? `${text} (${reason})` : `${text}（${reason}）`;
}
