import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from './ports.ts';

/** Variables under which a whole system runs beside any other: free ports and an empty data folder of its own. */
export async function freeEnvironment(): Promise<Record<string, string> & { HELI_DATA: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heli-'));
  // Temporary folders are closed to others; PostgreSQL may have to run under another account.
  chmodSync(dataDir, 0o755);
  const first = await findFreePorts(14);
  const port = (offset: number): string => String(first + offset);
  return {
    HELI_MODE: 'demo',
    HELI_DATA: dataDir,
    HELI_DEMO_CASES: '0',
    HELI_PORT: port(0),
    HELI_POSTGRES_PORT: port(1),
    HELI_TEMPORAL_PORT: port(2),
    TEMPORAL_UI_PORT: port(3),
    HELI_SIMULATORS_PORT: port(4),
    HELI_SMTP_PORT: port(5),
    HELI_TEMPORAL_INTERNAL_PORT: port(6),
    HELI_PUBLIC_URL: '',
    DATABASE_URL: '',
    TEMPORAL_ADDRESS: '',
    OIDC_ISSUER: '',
    TWILIO_BASE_URL: '',
    SMTP_URL: '',
    MARRIAGE_REGISTER_URL: '',
    HOUSEHOLD_REGISTER_URL: '',
  };
}
