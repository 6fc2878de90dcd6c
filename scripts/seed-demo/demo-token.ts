import { z } from 'zod';
import type { Role } from '../../domain/case/vocabulary.ts';

const answerSchema = z.object({ access_token: z.string() });
const TIMEOUT_MS = 10_000;

/** Asks the embedded OpenID provider for tokens of demo users (client credentials, RFC 6749 4.4). */
export function demoTokens(apiUrl: string, clientSecret: string): (role: Role) => Promise<string> {
  return async (role) => {
    const pair = [`demo-${role}`, clientSecret].map(encodeURIComponent).join(':');
    const response = await fetch(`${apiUrl}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok)
      throw new Error(`the provider at ${apiUrl} gave no token for ${role}: ${response.status}`);
    return answerSchema.parse(await response.json()).access_token;
  };
}
