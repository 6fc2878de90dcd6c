import { randomInt } from 'node:crypto';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A mainland number of the unassigned region 440399, with its right check digit. */
export function identityNumber(bornOn: string, sequence: number): string {
  const first = `440399${bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((before, weight, at) => before + Number(first.charAt(at)) * weight, 0);
  return first + ('10X98765432'[sum % 11] ?? '');
}

/** A birthday between 1970 and 1994: with three digits of sequence, chance meetings of two tests are rare. */
function birthday(): string {
  return new Date(Date.UTC(1970, 0, 1 + randomInt(9_000))).toISOString().slice(0, 10);
}

/** An application nobody else makes; demonstration numbers only. */
export function application() {
  const party = (name: string, sex: 0 | 1) => ({
    name,
    idType: 'mainland-id',
    idNumber: identityNumber(birthday(), randomInt(500) * 2 + sex),
    mobile: `100${String(randomInt(100_000_000)).padStart(8, '0')}`,
    address: '光明街道测试路 1 号',
  });
  return {
    channel: 'online',
    locale: 'zh-Hans',
    venueId: 'gm-centre',
    parties: [party('测试甲', 1), party('测试乙', 0)] as [ReturnType<typeof party>, ReturnType<typeof party>],
    marriage: {
      certificateNumber: 'J440399-2015-000123',
      registeredOn: '2015-06-01',
      office: '光明区民政局',
    },
    agreement: { voluntary: true, children: '一名子女随母', property: '无', debts: '无' },
    minorChildren: [{ bornOn: '2018-05-06' }],
  };
}
