import type { Application } from '../../domain/application/application.ts';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { checkIdentityNumber } from '../../domain/identity/check-identity-number.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { ATTEMPTS_BEFORE_ATTENTION, type CaseSignals } from '../case-signals.ts';
import { RegisterRefused } from './errors.ts';
import type { HouseholdRegister, MarriageRegister } from './port.ts';
import type { FoundPoint, PreCheckStore } from './pre-check-store.ts';
import { householdFindings, marriageFindings } from './register-findings.ts';

export interface PreCheckDependencies {
  readonly store: PreCheckStore;
  readonly marriages: MarriageRegister;
  readonly households: HouseholdRegister;
  readonly signals: CaseSignals;
  /** The running attempt of the activity, from 1. */
  readonly attempt: () => number;
}

export interface PreCheckInput {
  readonly caseNumber: string;
  readonly round: number;
  readonly now: EpochMs;
}

export interface PreCheckActivities {
  runPreCheck(input: PreCheckInput): Promise<void>;
}

/**
 * The checks that need no reading of documents: numbers, both registers, another open case of the couple.
 * Reading what was uploaded joins here as further checks.
 */
export function preCheckActivities(deps: PreCheckDependencies): PreCheckActivities {
  return {
    async runPreCheck({ caseNumber, round, now }) {
      const application = await deps.store.load(caseNumber);
      try {
        const found = [
          ...numberFindings(application),
          ...(await sameCouple(deps, caseNumber)),
          ...(await registerFindings(deps, application, now)),
        ];
        await deps.store.save(caseNumber, round, found, now);
      } catch (error) {
        if (deps.attempt() >= ATTEMPTS_BEFORE_ATTENTION) {
          await deps.signals.attention(caseNumber, 'REGISTER_UNAVAILABLE', true);
        }
        throw error;
      }
      if (deps.attempt() >= ATTEMPTS_BEFORE_ATTENTION)
        await deps.signals.attention(caseNumber, 'REGISTER_UNAVAILABLE', false);
    },
  };
}

function numberFindings(application: Application): FoundPoint[] {
  return PARTIES.flatMap((label, index): FoundPoint[] => {
    const party = application.parties[index];
    if (!party) return [];
    const checked = checkIdentityNumber(party.idType, party.idNumber);
    return checked.ok
      ? []
      : [{ code: checked.reason, severity: 'blocks', basis: '婚姻登记条例 15', ref: label }];
  });
}

async function sameCouple(deps: PreCheckDependencies, caseNumber: string): Promise<FoundPoint[]> {
  const others = await deps.store.otherOpenCases(caseNumber);
  return others > 0 ? [{ code: 'OTHER_OPEN_CASE', severity: 'person', basis: '一案一件', ref: '' }] : [];
}

async function registerFindings(
  deps: PreCheckDependencies,
  application: Application,
  now: EpochMs,
): Promise<FoundPoint[]> {
  const { marriage, parties } = application;
  const [a, b] = parties;
  const persons = [a, b].map(({ idType, idNumber }) => ({ idType, idNumber }));
  const [first, second] = persons;
  if (!first || !second) return [];
  const [marriagePoints, ...householdPoints] = await Promise.all([
    orRefused('MARRIAGE_REGISTER_REFUSED', '', async () =>
      marriageFindings(
        await deps.marriages.findMarriage({
          certificateNumber: marriage.certificateNumber,
          parties: [first, second],
          at: now,
        }),
        marriage.registeredOn,
      ),
    ),
    ...[a, b].map((party, index) =>
      // Only residents are in the population register.
      party.idType === 'mainland-id'
        ? orRefused('HOUSEHOLD_REGISTER_REFUSED', PARTIES[index] ?? '', async () =>
            householdFindings(
              await deps.households.checkPerson({
                idType: party.idType,
                idNumber: party.idNumber,
                name: party.name,
              }),
              PARTIES[index] ?? '',
            ),
          )
        : Promise.resolve([]),
    ),
  ]);
  return [...marriagePoints, ...householdPoints.flat()];
}

/** A register that will not answer this question leaves it to a person; one that is away is asked again. */
async function orRefused(code: string, ref: string, ask: () => Promise<FoundPoint[]>): Promise<FoundPoint[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RegisterRefused) return [{ code, severity: 'person', basis: '部门间信息核验', ref }];
    throw error;
  }
}
