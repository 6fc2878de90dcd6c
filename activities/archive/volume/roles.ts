/**
 * What a paper is in the volume, in the order in which a volume is bound: 婚姻登记档案管理办法 ① 审查处理表
 * ② 声明书 ③ marriage-certificate copies ④ agreement ⑤ ID copies ⑥ other, then the papers of the application stage
 * (民发〔2020〕116号), then what the system itself recorded.
 */
export const ENTRY_ROLES = [
  'review-form',
  'declaration',
  'marriage-certificate-copy',
  'agreement',
  'identity-copy',
  'other',
  'application-paper',
  'process-record',
] as const;
export type EntryRole = (typeof ENTRY_ROLES)[number];

/** Position of a role in a bound volume, from 0. */
export function roleOrder(role: EntryRole): number {
  return ENTRY_ROLES.indexOf(role);
}
