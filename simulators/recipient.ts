/** Whether `wanted` names the recipient: an address in any case, or a number with or without country code. */
export function isRecipient(recipient: string, wanted: string): boolean {
  if (wanted.includes('@') || recipient.includes('@')) {
    return recipient.toLowerCase() === wanted.toLowerCase();
  }
  const digits = wanted.replace(/\D/g, '');
  return digits.length >= 5 && recipient.replace(/\D/g, '').endsWith(digits);
}
