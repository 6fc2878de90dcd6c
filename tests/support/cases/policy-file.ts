import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DistrictPolicies } from '../../../domain/reminders/policy.ts';

/** A file with reminder policies, as `HELI_REMINDER_POLICY` names one. */
export interface PolicyFile {
  readonly path: string;
  remove(): void;
}

export function writePolicyFile(district: DistrictPolicies): PolicyFile {
  const folder = mkdtempSync(join(tmpdir(), 'heli-policy-'));
  const path = join(folder, 'policies.json');
  writeFileSync(path, JSON.stringify(district, undefined, 2));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
