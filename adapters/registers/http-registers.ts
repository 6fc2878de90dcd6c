import { z } from 'zod';
import { parsePlainDate } from '../../domain/plain-date.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { HOUSEHOLD_STATUSES, MARITAL_STATUSES, MARRIAGE_STATUSES } from '../../activities/registers/port.ts';
import type {
  HouseholdEntry,
  HouseholdRegister,
  MarriageEntry,
  MarriageRegister,
} from '../../activities/registers/port.ts';
import { askRegister } from './ask-register.ts';
import type { RegisterOptions } from './ask-register.ts';

const civilDate = z.string().transform((text, context): PlainDate => {
  const date = parsePlainDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'not a calendar date' });
  return z.NEVER;
});

const marriageAnswer = z.object({
  status: z.enum(MARRIAGE_STATUSES),
  registeredOn: civilDate.optional(),
  office: z.string().max(200).optional(),
  recordedOn: civilDate.optional(),
});

const householdAnswer = z.object({
  status: z.enum(HOUSEHOLD_STATUSES),
  maritalStatus: z.enum(MARITAL_STATUSES).optional(),
});

/** The marriage database over `POST <baseUrl>/registers/marriage/query`. */
export function httpMarriageRegister(options: RegisterOptions): MarriageRegister {
  return {
    async findMarriage({ certificateNumber, parties, at }) {
      const question = {
        certificateNumber,
        parties: parties.map(({ idType, idNumber }) => ({ idType, idNumber })),
        at: new Date(at).toISOString(),
      };
      const { status, registeredOn, office, recordedOn } = await askRegister(
        options,
        '/registers/marriage/query',
        question,
        marriageAnswer,
      );
      return {
        status,
        ...(registeredOn !== undefined && { registeredOn }),
        ...(office !== undefined && { office }),
        ...(recordedOn !== undefined && { recordedOn }),
      } satisfies MarriageEntry;
    },
  };
}

/** The population register over `POST <baseUrl>/registers/household/query`. */
export function httpHouseholdRegister(options: RegisterOptions): HouseholdRegister {
  return {
    async checkPerson({ idType, idNumber, name }) {
      const { status, maritalStatus } = await askRegister(
        options,
        '/registers/household/query',
        { idType, idNumber, name },
        householdAnswer,
      );
      return {
        status,
        ...(maritalStatus !== undefined && { maritalStatus }),
      } satisfies HouseholdEntry;
    },
  };
}
