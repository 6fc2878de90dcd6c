import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MASTER_KEY_BYTES } from './variables.ts';

const demoSecretsSchema = z.object({
  masterKey: z.string(),
  postgresPassword: z.string(),
  twilioAccountSid: z.string(),
  twilioAuthToken: z.string(),
  registerToken: z.string(),
  oidcClientSecret: z.string(),
  oidcCookieKey: z.string(),
  oidcSigningKey: z.record(z.string(), z.unknown()),
});

/** The secrets of one demonstration district; `oidcSigningKey` is a private JWK (ES256). */
export type DemoSecrets = z.output<typeof demoSecretsSchema>;

/** Where the secrets of a demonstration district lie. */
export const secretsFile = (dataDir: string): string => join(dataDir, 'secrets.json');

/** @returns the secrets in this data folder; undefined if it has none. @throws when the file is damaged. */
export function findDemoSecrets(dataDir: string): DemoSecrets | undefined {
  let text: string;
  try {
    text = readFileSync(secretsFile(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return demoSecretsSchema.parse(JSON.parse(text));
}

/** The secrets of this data folder, made on first use and readable only by their owner. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const found = findDemoSecrets(dataDir);
  if (found) return found;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${secretsFile(dataDir)}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600 });
  try {
    // A link fails where a file exists: of two processes starting together, one wins and both read its file.
    linkSync(draft, secretsFile(dataDir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secrets = findDemoSecrets(dataDir);
  if (!secrets) throw new Error(`${secretsFile(dataDir)} vanished while it was being read`);
  return secrets;
}

function generate(): DemoSecrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  return {
    masterKey: randomBytes(MASTER_KEY_BYTES).toString('base64'),
    postgresPassword: randomBytes(18).toString('base64url'),
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
    registerToken: randomBytes(24).toString('base64url'),
    oidcClientSecret: randomBytes(24).toString('base64url'),
    oidcCookieKey: randomBytes(24).toString('base64url'),
    oidcSigningKey: { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' },
  };
}
