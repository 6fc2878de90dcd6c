import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import type { Application, ApplicationParty } from './application.ts';
import { normalizeApplication } from './normalize-application.ts';
import { PROBLEM_CODES, problemSeverity, problemText, type ProblemCode } from './problem-codes.ts';
import { blockingProblems, checkApplication } from './validate-application.ts';

const today = plainDate('2026-11-23');
const options = { allowTestNumbers: true };

const a: ApplicationParty = {
  name: '甲测试',
  idType: 'mainland-id',
  idNumber: '440399199003070014',
  mobile: '10000000001',
};
const b: ApplicationParty = {
  name: '乙测试',
  idType: 'mainland-id',
  idNumber: '440399199205080026',
  mobile: '10000000002',
};

const good: Application = {
  channel: 'online',
  locale: 'zh-Hans',
  venueId: 'gm-centre',
  parties: [a, b],
  marriage: {
    certificateNumber: 'J440311-2016-000123',
    registeredOn: '2016-05-20',
    office: '光明区婚姻登记处',
  },
  agreement: { voluntary: true, children: '由乙抚养', property: '无', debts: true },
  minorChildren: [{ bornOn: '2018-11-24' }],
};

const withA = (change: Partial<ApplicationParty>): Partial<Application> => ({
  parties: [{ ...a, ...change }, b],
});
const withB = (change: Partial<ApplicationParty>): Partial<Application> => ({
  parties: [a, { ...b, ...change }],
});
const married = (change: Partial<Application['marriage']>): Partial<Application> => ({
  marriage: { ...good.marriage, ...change },
});
const agreed = (change: Partial<Application['agreement']>): Partial<Application> => ({
  agreement: { ...good.agreement, ...change },
});

const found = (change: Partial<Application>) => checkApplication({ ...good, ...change }, today, options);

const CASES: [ProblemCode, string, Partial<Application>][] = [
  ['NAME_MISSING', 'parties[0].name', withA({ name: ' ' })],
  ['ID_SHAPE', 'parties[0].idNumber', withA({ idNumber: '4403991990' })],
  ['ID_CHECK_DIGIT', 'parties[1].idNumber', withB({ idNumber: '440399199205080027' })],
  ['ID_BIRTH_DATE', 'parties[0].idNumber', withA({ idNumber: '440399199013070014' })],
  ['SAME_PERSON_TWICE', 'parties[1].idNumber', withB({ idNumber: '４４０３９９199003070014' })],
  ['PARTY_UNDER_AGE', 'parties[0].idNumber', withA({ idNumber: '440399200811240013' })],
  ['MOBILE_SHAPE', 'parties[1].mobile', withB({ mobile: '12345' })],
  ['MOBILE_REGION_UNCLEAR', 'parties[1].mobile', withB({ mobile: '60000000' })],
  ['SAME_MOBILE_TWICE', 'parties[1].mobile', withB({ mobile: '+86 10000000001' })],
  [
    'CONTACT_NOT_SEPARATE',
    'parties[1].mobile',
    {
      parties: [
        { ...a, safety: true },
        { ...b, mobile: '+86 100-0000-0001' },
      ],
    },
  ],
  ['EMAIL_SHAPE', 'parties[0].email', withA({ email: 'a@localhost' })],
  ['MARRIAGE_DATE_INVALID', 'marriage.registeredOn', married({ registeredOn: '2026-02-31' })],
  ['MARRIAGE_DATE_AFTER_TODAY', 'marriage.registeredOn', married({ registeredOn: '2026-11-24' })],
  ['MARRIAGE_BEFORE_LEGAL_AGE', 'marriage.registeredOn', married({ registeredOn: '2012-03-06' })],
  ['MARRIAGE_CERTIFICATE_NUMBER_MISSING', 'marriage.certificateNumber', married({ certificateNumber: ' ' })],
  [
    'MARRIAGE_CERTIFICATE_NUMBER_UNUSUAL',
    'marriage.certificateNumber',
    married({ certificateNumber: '川［2001］广岳双结字010' }),
  ],
  ['AGREEMENT_NOT_VOLUNTARY', 'agreement.voluntary', agreed({ voluntary: false })],
  ['AGREEMENT_SECTION_MISSING', 'agreement.debts', agreed({ debts: undefined })],
  ['CHILD_BIRTH_DATE_INVALID', 'minorChildren[0].bornOn', { minorChildren: [{ bornOn: '2018-2-3' }] }],
  ['CHILD_BORN_IN_FUTURE', 'minorChildren[0].bornOn', { minorChildren: [{ bornOn: '2026-11-24' }] }],
  [
    'CHILD_ALREADY_ADULT',
    'minorChildren[1].bornOn',
    { minorChildren: [{ bornOn: '2020-01-01' }, { bornOn: '2008-11-23' }] },
  ],
];

describe('checkApplication', () => {
  it('finds nothing in a good application', () => {
    expect(found({})).toEqual([]);
  });

  it.each(CASES)('finds %s at %s', (code, field, change) => {
    const problems = found(change).filter((problem) => problem.code === code);
    expect(problems).toEqual([{ code, field }]);
  });

  it('can give every code of the closed set', () => {
    expect(CASES.map(([code]) => code).sort()).toEqual([...PROBLEM_CODES].sort());
  });

  it('reports all problems at once, in the order of the fields', () => {
    const problems = found({
      ...withA({ name: '', mobile: '1' }),
      ...agreed({ children: '', property: false, debts: ' ' }),
    });
    expect(problems.map(({ field }) => field)).toEqual([
      'parties[0].name',
      'parties[0].mobile',
      'agreement.children',
      'agreement.property',
      'agreement.debts',
    ]);
  });

  it.each([
    [{}, { safety: true }],
    [{ safety: true }, {}],
  ])('does not let two parties share a mailbox under the safety flag (%j, %j)', (ofA, ofB) => {
    const shared: Partial<Application> = {
      parties: [
        { ...a, email: 'home@heli.example', ...ofA },
        { ...b, email: ' Home@HELI.example', ...ofB },
      ],
    };
    const field = 'parties[1].email';
    expect(found(shared).filter((problem) => problem.code === 'CONTACT_NOT_SEPARATE')).toEqual([
      { code: 'CONTACT_NOT_SEPARATE', field },
    ]);
    const [first, second] = shared.parties ?? [a, b];
    const unprotected = [first, second].map((party) => ({ ...party, safety: false })) as [
      ApplicationParty,
      ApplicationParty,
    ];
    expect(found({ parties: unprotected }).map(({ code }) => code)).not.toContain('CONTACT_NOT_SEPARATE');
    expect(found({ parties: [{ ...a, safety: true }, b] }).map(({ code }) => code)).not.toContain(
      'CONTACT_NOT_SEPARATE',
    );
  });

  it('counts full age from the eighteenth birthday', () => {
    const dayBefore = checkApplication(
      { ...good, ...withA({ idNumber: '440399200811240013' }) },
      plainDate('2026-11-23'),
      options,
    );
    const birthday = checkApplication(
      { ...good, ...withA({ idNumber: '440399200811240013' }) },
      plainDate('2026-11-24'),
      options,
    );
    expect(dayBefore.map(({ code }) => code)).toContain('PARTY_UNDER_AGE');
    expect(birthday.map(({ code }) => code)).not.toContain('PARTY_UNDER_AGE');
  });

  it('measures the age at marriage by the law of that day', () => {
    // 甲 is a man born 1990-03-07: 22 on the day itself.
    expect(
      found({
        ...withB({ idType: 'passport', idNumber: 'X0000001' }),
        ...married({ registeredOn: '2012-03-07' }),
      }),
    ).toEqual([]);
    expect(
      found({
        ...withB({ idType: 'passport', idNumber: 'X0000001' }),
        ...married({ registeredOn: '2012-03-06' }),
      }),
    ).toEqual([{ code: 'MARRIAGE_BEFORE_LEGAL_AGE', field: 'marriage.registeredOn' }]);
  });

  it('lets warnings and information pass', () => {
    expect(
      blockingProblems(found(married({ certificateNumber: '川［2001］010', registeredOn: '2012-03-06' }))),
    ).toEqual([]);
    expect(blockingProblems(found(withA({ name: '' })))).toHaveLength(1);
  });

  it('refuses test numbers outside the demonstration profile', () => {
    expect(checkApplication(good, today).map(({ code }) => code)).toEqual(['MOBILE_SHAPE', 'MOBILE_SHAPE']);
  });

  it('recognises one holder of two travel permits', () => {
    const problems = found({
      parties: [
        { ...a, idType: 'hk-macau-permit', idNumber: 'H0000000101' },
        { ...b, idType: 'hk-macau-permit', idNumber: 'h0000000102' },
      ],
    });
    expect(problems.map(({ code }) => code)).toEqual(['SAME_PERSON_TWICE']);
  });
});

describe('problem texts', () => {
  it.each(PROBLEM_CODES)('%s is explained in three languages', (code) => {
    const text = problemText(code);
    expect(text['zh-Hans']).toMatch(/。$/);
    expect(text['zh-Hant']).toMatch(/。$/);
    expect(text.en).toMatch(/^[ -~]+\.$/);
    expect(['error', 'warning', 'information']).toContain(problemSeverity(code));
  });
});

describe('normalizeApplication', () => {
  it('stores one form of every number', () => {
    const typed: Application = {
      ...good,
      parties: [
        { ...a, name: ' 甲测试 ', idNumber: '４４０３９９ 199003070014', mobile: '100-0000-0001' },
        {
          ...b,
          idType: 'hk-macau-permit',
          idNumber: 'm00000001',
          mobile: '6000 0000',
          address: ' 光明街道 ',
        },
      ],
      marriage: { ...good.marriage, certificateNumber: 'j440311－2016－000123' },
    };
    const stored = normalizeApplication(typed, options);
    expect(stored.parties[0]).toEqual({ ...a, mobile: '+8610000000001' });
    expect(stored.parties[1]).toMatchObject({
      idNumber: 'M00000001',
      mobile: '+85360000000',
      address: '光明街道',
    });
    expect(stored.marriage.certificateNumber).toBe('J440311-2016-000123');
    expect(normalizeApplication(stored, options)).toEqual(stored);
  });

  it('leaves what it cannot read', () => {
    const old = { ...good.marriage, certificateNumber: '川［2001］广岳双结字010' };
    expect(normalizeApplication({ ...good, marriage: old }).marriage).toEqual(old);
    expect(
      normalizeApplication({ ...good, ...withA({ idNumber: '123', mobile: '1' }) }, options).parties[0],
    ).toMatchObject({
      idNumber: '123',
      mobile: '1',
    });
  });
});
