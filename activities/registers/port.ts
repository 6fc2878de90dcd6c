import type { PlainDate } from '../../domain/plain-date.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** A person as the registers know one: by document, not by name. */
export interface PersonKey {
  /** An identity-document type of the domain, such as `mainland-id`. */
  readonly idType: string;
  readonly idNumber: string;
}

/** What the national marriage database (婚姻登记信息系统) can answer about a certificate and a couple. */
export const MARRIAGE_STATUSES = ['married', 'divorced', 'annulled', 'not-found', 'other-couple'] as const;
export type MarriageStatus = (typeof MARRIAGE_STATUSES)[number];

export interface MarriageQuery {
  readonly certificateNumber: string;
  readonly parties: readonly [PersonKey, PersonKey];
  /** The instant the answer is wanted for, and the time of the question in the register's own log. */
  readonly at: EpochMs;
}

export interface MarriageEntry {
  readonly status: MarriageStatus;
  /** Day of the marriage registration, where the register gives it. */
  readonly registeredOn?: PlainDate;
  /** The office that registered the marriage. */
  readonly office?: string;
  /** Day the present status was recorded: of a divorce or an annulment, not of the marriage. */
  readonly recordedOn?: PlainDate;
}

export interface MarriageRegister {
  /** @throws RegisterUnavailable (try again) or RegisterRefused (do not). `not-found` is an answer, not an error. */
  findMarriage(query: MarriageQuery): Promise<MarriageEntry>;
}

/** What the population register (人口库) of public security can answer about one person. */
export const HOUSEHOLD_STATUSES = ['match', 'name-differs', 'not-found', 'deceased'] as const;
export type HouseholdStatus = (typeof HOUSEHOLD_STATUSES)[number];

/** Marital status (婚姻状况) as the household register holds it; it often lags behind, so it only informs. */
export const MARITAL_STATUSES = ['married', 'divorced', 'single', 'widowed'] as const;
export type MaritalStatus = (typeof MARITAL_STATUSES)[number];

export interface HouseholdQuery extends PersonKey {
  readonly name: string;
}

export interface HouseholdEntry {
  readonly status: HouseholdStatus;
  readonly maritalStatus?: MaritalStatus;
}

export interface HouseholdRegister {
  /** @throws RegisterUnavailable (try again) or RegisterRefused (do not). */
  checkPerson(query: HouseholdQuery): Promise<HouseholdEntry>;
}
