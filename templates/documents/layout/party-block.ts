import type { PartyDetails } from '../common.ts';
import { zhDate } from '../common.ts';
import { label, value, type Row } from './grid.ts';

/** Columns of {@link partyRows}. */
export const PARTY_COLUMNS = [5, 15, 20, 12.5, 19, 12.5, 20] as const;

const KEPT_APART = '依规定另存登记机关';

/** The common party block: who, papers, address; `caption` stands upright at the left. */
export function partyRows(caption: string, party: PartyDetails, minHeight = 25): Row[] {
  const contact =
    party.contact === 'kept-apart' ? { residence: KEPT_APART, phone: KEPT_APART } : party.contact;
  const upright = Array.from(caption).join('\n');
  return [
    {
      minHeight,
      cells: [
        label(upright, { rows: 5 }),
        label('姓名'),
        value(party.name),
        label('性别'),
        value(party.sex ?? ''),
        label('国籍'),
        value(party.nationality ?? ''),
      ],
    },
    {
      minHeight,
      cells: [
        label('出生日期'),
        value(party.bornOn === undefined ? '' : zhDate(party.bornOn)),
        label('民族'),
        value(party.ethnicity ?? ''),
        label('职业'),
        value(party.occupation ?? ''),
      ],
    },
    {
      minHeight,
      cells: [
        label('证件类型'),
        value(party.idTypeName),
        label('证件号码'),
        value(party.idNumber, { columns: 3 }),
      ],
    },
    {
      minHeight,
      cells: [
        label('文化程度'),
        value(party.education ?? ''),
        label('联系电话'),
        value(contact.phone, { columns: 3 }),
      ],
    },
    { minHeight, cells: [label('住址'), value(contact.residence, { columns: 5 })] },
  ];
}
