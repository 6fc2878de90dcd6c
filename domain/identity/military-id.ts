import { checkShape, type IdentityCheck } from './check-result.ts';

/**
 * Military identity document (军人证件), shown beside the resident card together with the 《军人婚姻登记证明》. Its
 * numbering is not public: up to four characters such as 军字第, six to twelve digits, 号 or nothing.
 */
export function checkMilitaryId(number: string): IdentityCheck {
  return checkShape(number, /^[\u4e00-\u9fff]{0,4}\d{6,12}号?$/);
}
