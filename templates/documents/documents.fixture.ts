import { plainDate } from '../../domain/plain-date.ts';
import type { PaperProps, PartyDetails } from './common.ts';
import type { PaperPropsByKind } from './index.ts';

/** Synthetic couple: identity numbers of the unassigned region 440399. */
const PAPER: PaperProps = {
  caseNumber: '440311-2026-000123',
  officeName: '深圳市光明区婚姻登记处',
  createdAt: Date.UTC(2026, 10, 23, 2, 30),
  specimen: false,
  guide: 'zh-Hant',
};
const FIRST: PartyDetails = {
  name: '欧阳试翀',
  sex: '男',
  nationality: '中国',
  bornOn: plainDate('1990-03-07'),
  ethnicity: '汉族',
  occupation: '工程技术人员',
  education: '大学本科',
  idTypeName: '居民身份证',
  idNumber: '440399199003070014',
  contact: 'kept-apart',
};
const SECOND: PartyDetails = {
  ...FIRST,
  name: '样䶮',
  sex: '女',
  bornOn: plainDate('1992-05-08'),
  occupation: undefined,
  idNumber: '440399199205080026',
  contact: {
    residence: '广东省深圳市光明区测试街道样本社区示例路100号样品花园12栋3单元2801房',
    phone: '10012345678',
  },
};
const REFUSAL = {
  ...PAPER,
  partyNames: [FIRST.name, SECOND.name],
  requestedOn: plainDate('2026-11-23'),
  refusedOn: plainDate('2026-11-23'),
  grounds: [
    { reason: '双方未达成离婚协议', basis: '《婚姻登记条例》第十四条第一项' },
    { reason: '双方的结婚登记不是在中国内地办理', basis: '《婚姻登记条例》第十四条第三项' },
  ],
  reviewAuthority: '深圳市光明区人民政府',
  court: '有管辖权的人民法院',
} as const;

/** One filling of every paper, for tests and for looking at them. */
export const PAPER_SAMPLES: PaperPropsByKind = {
  application: {
    ...PAPER,
    parties: [FIRST, SECOND],
    marriage: {
      certificateNumber: 'J440311-2015-001234',
      registeredOn: plainDate('2015-05-20'),
      office: PAPER.officeName,
    },
    registrar: '登记员甲',
  },
  receipt: {
    ...PAPER,
    guide: 'en',
    receiptNumber: '440311-2026-S000123',
    parties: [FIRST, SECOND],
    receivedOn: plainDate('2026-11-23'),
    withdrawal: { from: plainDate('2026-11-24'), to: plainDate('2026-12-23') },
    claim: {
      from: plainDate('2026-12-24'),
      to: plainDate('2027-01-22'),
      firstWorkingDay: plainDate('2026-12-24'),
    },
    provisional: true,
    registrar: '登记员甲',
  },
  'non-acceptance': REFUSAL,
  'withdrawal-application': {
    ...PAPER,
    receiptNumber: '440311-2026-S000123',
    withdrawingParty: SECOND,
    otherPartyName: FIRST.name,
    receivedOn: plainDate('2026-11-23'),
    isReceiptLost: true,
    registrar: '登记员甲',
  },
  'withdrawal-confirmation': {
    ...PAPER,
    receiptNumber: '440311-2026-S000123',
    withdrawingParty: SECOND,
    otherPartyName: FIRST.name,
    receivedOn: plainDate('2026-11-23'),
    withdrawnOn: plainDate('2026-12-10'),
    registrar: '登记员甲',
  },
  'interview-record': {
    ...PAPER,
    party: FIRST,
    heldOn: plainDate('2026-12-25'),
    place: '3号询问室',
    registrar: '登记员甲',
    interpreter: null,
    hasMinorChildren: true,
  },
  declaration: {
    ...PAPER,
    declarant: FIRST,
    otherParty: SECOND,
    registrar: '登记员甲',
  },
  'non-registration': {
    ...REFUSAL,
    guide: 'en',
    grounds: [{ reason: '离婚协议书未载明债务处理', basis: '《民法典》第一千零七十六条' }],
  },
  'review-form': {
    ...PAPER,
    parties: [FIRST, SECOND],
    documentsShown: ['双方居民身份证', '双方结婚证', '离婚协议书三份', '受理回执单', '二寸单人照片各二张'],
    opinion:
      '经分别询问并审查，双方自愿离婚，已对子女抚养、财产和债务处理达成一致，符合《民法典》第一千零七十八条规定，予以登记，发给离婚证。',
    certificate: {
      number: 'L440311-2026-000123',
      bookletNumbers: ['44-2026-0001231', '44-2026-0001232'],
      registeredOn: plainDate('2026-12-25'),
    },
    registrar: '登记员甲',
    remarks: '',
  },
  certificate: {
    ...PAPER,
    guide: 'en',
    certificateNumber: 'L440311-2026-000123',
    bookletNumber: '44-2026-0001231',
    registeredOn: plainDate('2026-12-25'),
    holder: { ...FIRST, sex: '男', nationality: '中国', bornOn: plainDate('1990-03-07') },
    otherParty: { ...SECOND, sex: '女', nationality: '中国', bornOn: plainDate('1992-05-08') },
    remarks: '无',
  },
};
