import { checkCharacter } from '../../domain/identity/citizen-number.ts';

/** The body of `POST /cases` for the couple of this number: online, one minor child, of an area code nobody has. */
export function applicationOf(couple: number): Record<string, unknown> {
  return {
    channel: 'online',
    locale: 'zh-Hans',
    venueId: 'gm-centre',
    parties: [
      {
        name: `测甲${couple}`,
        idType: 'mainland-id',
        idNumber: idNumber(couple, 1),
        mobile: mobile(couple, 1),
      },
      {
        name: `测乙${couple}`,
        idType: 'mainland-id',
        idNumber: idNumber(couple, 0),
        mobile: mobile(couple, 0),
      },
    ],
    marriage: {
      certificateNumber: `J440399-2015-${String((couple % 999_999) + 1).padStart(6, '0')}`,
      registeredOn: '2015-05-20',
      office: '测试区婚姻登记处',
    },
    agreement: {
      voluntary: true,
      children: '子女由甲方抚养，乙方每月支付抚养费，直至子女成年。',
      property: '各自名下财产归各自所有。',
      debts: '无共同债务。',
    },
    minorChildren: [{ bornOn: '2018-03-04' }],
  };
}

/** A valid number under region 440399, which is not assigned: 500 people born on each day from 1970 on. */
function idNumber(couple: number, sex: 0 | 1): string {
  const born = new Date(Date.UTC(1970, 0, 1 + Math.floor(couple / 499))).toISOString().slice(0, 10);
  const sequence = ((couple % 499) + 1) * 2 + sex - 1;
  const first17 = `440399${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** Numbers beginning with 100 belong to nobody; the demonstration profile alone takes them. */
function mobile(couple: number, sex: 0 | 1): string {
  return `100${String(couple * 2 + sex).padStart(8, '0')}`;
}
