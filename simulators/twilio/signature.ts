import { createHmac } from 'node:crypto';

/** X-Twilio-Signature of a form posted to `url`: the address, then every field in order of its name. */
export function signatureOf(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const names = Object.keys(form).sort();
  const signed = url + names.map((name) => name + (form[name] ?? '')).join('');
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
