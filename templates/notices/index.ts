import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import type { TemplateName } from '../../domain/reminders/policy.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { smsParts } from '../sms-parts.ts';
import { archiveCopy, type ArchiveCopyProps } from './archive-copy.ts';
import { appointment, type AppointmentProps } from './appointment.ts';
import { coolingOffEnding, type CoolingOffEndingProps } from './cooling-off-ending.ts';
import { datesChanged, type DatesChangedProps } from './dates-changed.ts';
import { deemedWithdrawn, type DeemedWithdrawnProps } from './deemed-withdrawn.ts';
import { draftLapsing, type DraftLapsingProps } from './draft-lapsing.ts';
import { materialMissing, type MaterialMissingProps } from './material-missing.ts';
import { SIGNATURES, type NoticeTemplate } from './notice-template.ts';
import { numberConfirmation, type NumberConfirmationProps } from './number-confirmation.ts';
import { preCheckPassed, type PreCheckPassedProps } from './pre-check-passed.ts';
import { ratingInvitation, type RatingInvitationProps } from './rating-invitation.ts';
import { registered, type RegisteredProps } from './registered.ts';
import { statusChanged, type StatusChangedProps } from './status-changed.ts';
import { windowClosing, type WindowClosingProps } from './window-closing.ts';
import { windowOpen, type WindowOpenProps } from './window-open.ts';
import { withdrawn, type WithdrawnProps } from './withdrawn.ts';

/** What each kind of notice has to be told. */
export interface NoticePropsByKind {
  'draft-lapsing': DraftLapsingProps;
  'material-missing': MaterialMissingProps;
  'pre-check-passed': PreCheckPassedProps;
  appointment: AppointmentProps;
  'cooling-off-ending': CoolingOffEndingProps;
  'window-open': WindowOpenProps;
  'window-closing': WindowClosingProps;
  'dates-changed': DatesChangedProps;
  withdrawn: WithdrawnProps;
  'status-changed': StatusChangedProps;
  'deemed-withdrawn': DeemedWithdrawnProps;
  registered: RegisteredProps;
  'archive-copy': ArchiveCopyProps;
  'rating-invitation': RatingInvitationProps;
  'number-confirmation': NumberConfirmationProps;
}

export type NoticeProps<K extends NoticeKind> = NoticePropsByKind[K];

const TEMPLATES: { readonly [K in NoticeKind]: NoticeTemplate<NoticePropsByKind[K]> } = {
  'draft-lapsing': draftLapsing,
  'material-missing': materialMissing,
  'pre-check-passed': preCheckPassed,
  appointment,
  'cooling-off-ending': coolingOffEnding,
  'window-open': windowOpen,
  'window-closing': windowClosing,
  'dates-changed': datesChanged,
  withdrawn,
  'status-changed': statusChanged,
  'deemed-withdrawn': deemedWithdrawn,
  registered,
  'archive-copy': archiveCopy,
  'rating-invitation': ratingInvitation,
  'number-confirmation': numberConfirmation,
};

export interface RenderedNotice {
  /** Subject line for e-mail. */
  readonly subject: string;
  /** The whole text, sender's signature first; the same for SMS and e-mail. */
  readonly text: string;
  /** Which wording was used, e.g. `window-open/zh-Hans/1`. */
  readonly templateVersion: string;
  /** Short-message parts the text needs. */
  readonly parts: number;
}

/** A value that was filled in would tell a stranger what the notice is about. */
export class NoticeNotNeutralError extends Error {
  override readonly name = 'NoticeNotNeutralError';
}

/** The wording never says these; a venue's name or a reference must not bring them in. */
const GIVES_AWAY = /离婚|離婚|冷静期|冷靜期|divorce|cooling-off/i;

/**
 * The text of one notice, neutral enough for a telephone that others can see (no word of what the business is, no
 * name of a party, no address).
 * @param template the wording: that of the notice's kind, unless the policy's rule names another one
 * @param props of the wording, whatever the notice's kind
 * @throws NoticeNotNeutralError when a filled-in value names the business; never retry, correct the value.
 */
export function renderNotice<T extends TemplateName>(
  template: T,
  locale: Locale,
  props: NoticeProps<T>,
): RenderedNotice {
  const { version, wording } = TEMPLATES[template];
  const { subject, body } = wording[locale](props);
  if (GIVES_AWAY.test(subject) || GIVES_AWAY.test(body)) {
    throw new NoticeNotNeutralError(`a value filled into ${template} (${locale}) is not neutral`);
  }
  const text = `${SIGNATURES[locale]}${body}`;
  return {
    subject,
    text,
    templateVersion: `${template}/${locale}/${version}`,
    parts: smsParts(text).parts,
  };
}
