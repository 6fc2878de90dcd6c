import { expect, it } from '@jest/globals';
import type { Application } from '../../domain/application/application.ts';
import { checkApplication } from '../../domain/application/validate-application.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { applicationOf } from './couple.ts';

it('every couple applies lawfully, and none is another couple', () => {
  const people = new Set<string>();
  for (let couple = 1; couple <= 3_000; couple += 1) {
    const application = applicationOf(couple) as unknown as Application;
    expect(checkApplication(application, plainDate('2026-11-23'), { allowTestNumbers: true })).toEqual([]);
    for (const { idNumber } of application.parties) people.add(idNumber);
  }
  expect(people.size).toBe(6_000);
});
