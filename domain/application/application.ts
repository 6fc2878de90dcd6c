import type { Channel, Locale } from '../case/vocabulary.ts';
import type { IdType } from '../identity/id-types.ts';

/** One party as entered (当事人). Personal data: kept under the case's own key, never in the engine. */
export interface ApplicationParty {
  name: string;
  idType: IdType;
  idNumber: string;
  mobile: string;
  email?: string | undefined;
  address?: string | undefined;
  /** This party must be protected from the other. */
  safety?: boolean | undefined;
}

/** The marriage that is to be dissolved, as its certificate (结婚证) states it. */
export interface Marriage {
  certificateNumber: string;
  /** `YYYY-MM-DD` */
  registeredOn: string;
  office: string;
}

/**
 * What an application says about one matter: the clause itself or "none", or `true` that it is agreed while the
 * text follows at the review.
 */
export type AgreementSection = string | boolean;

export const AGREEMENT_SECTIONS = ['children', 'property', 'debts'] as const;
export type AgreementSectionName = (typeof AGREEMENT_SECTIONS)[number];

/** The declaration that an agreement was reached (离婚协议); its final version comes at the review. */
export type Agreement = { voluntary: boolean } & {
  [Name in AgreementSectionName]?: AgreementSection | undefined;
};

export interface MinorChild {
  /** `YYYY-MM-DD` */
  bornOn: string;
}

/** What a couple hands in to open a case: the body of `POST /cases`. */
export interface Application {
  channel: Channel;
  locale: Locale;
  venueId: string;
  parties: readonly [ApplicationParty, ApplicationParty];
  marriage: Marriage;
  agreement: Agreement;
  minorChildren: readonly MinorChild[];
}
