/** `张*`: the family name, as Chinese offices mask names on public screens. */
export function maskName(name: string): string {
  // Code points: rare family names lie outside the basic plane.
  const [first = '', ...rest] = Array.from(name);
  return first + '*'.repeat(Math.max(1, rest.length));
}

/** The last four characters. */
export function maskId(number: string): string {
  return '*'.repeat(Math.max(4, number.length - 4)) + number.slice(-4);
}

/** The last four digits. */
export function maskMobile(mobile: string): string {
  return '*'.repeat(Math.max(4, mobile.length - 4)) + mobile.slice(-4);
}

/** `*@example.org`; undefined stays undefined. */
export function maskEmail(email: string | undefined): string | undefined {
  return email === undefined ? undefined : `*${email.slice(email.lastIndexOf('@'))}`;
}
