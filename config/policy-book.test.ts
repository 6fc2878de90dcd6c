import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../domain/plain-date.ts';
import type { DistrictPolicies } from '../domain/reminders/policy.ts';
import { instantAt } from '../domain/zoned-time.ts';
import { type PolicyBook, policyBook } from './policy-book.ts';
import { ReminderPolicyError } from './reminder-policies.ts';

const GUANGMING = readFileSync(resolve(import.meta.dirname, 'reminder-policies/440311.json'), 'utf8');
const FIRST = JSON.parse(GUANGMING) as DistrictPolicies;
const TODAY = plainDate('2026-11-23');
const TOMORROW = plainDate('2026-11-24');

let folder: string;
let file: string;
let book: PolicyBook;
let taken: string[];
let events: string[];
let fails: Error | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heli-book-'));
  file = join(folder, 'policy.json');
  writeFileSync(file, GUANGMING);
  taken = [];
  events = [];
  fails = undefined;
  book = opened();
  await book.start();
});
afterEach(() => {
  book.stop();
  rmSync(folder, { recursive: true });
});

function opened(everyMs = 60_000): PolicyBook {
  return policyBook(file, {
    register: () => (fails ? Promise.reject(fails) : Promise.resolve(taken)),
    onProblem: ({ problems }) => void events.push(`problem ${problems.map(({ code }) => code).join()}`),
    onChange: ({ policies }) => void events.push(`change ${policies.length}`),
    onError: (error) => void events.push(`error ${(error as Error).message}`),
    now: () => instantAt(TODAY, '10:00'),
    everyMs,
  });
}

/** Adds a policy from tomorrow to the file. */
function withSecond(version = '440311-2026-2'): void {
  const [first] = FIRST.policies;
  writeFileSync(file, JSON.stringify({ ...FIRST, policies: [first, { ...first, version, from: TOMORROW }] }));
}

describe('a book of policies', () => {
  it('gives what is in force on a day', async () => {
    withSecond();
    await book.look();
    expect(book.inForce(TODAY).version).toBe('440311-2026-1');
    expect(book.inForce(TOMORROW).version).toBe('440311-2026-2');
    expect(() => book.inForce(plainDate('2025-12-31'))).toThrow(RangeError);
  });

  it('takes a good change by itself, without a restart', async () => {
    book.stop();
    book = opened(20);
    await book.start();
    withSecond();
    for (let n = 0; n < 200 && events.length === 0; n += 1) await new Promise((done) => setTimeout(done, 10));
    expect(events).toEqual(['change 2']);
    expect(book.inForce(TOMORROW).version).toBe('440311-2026-2');
  });

  it('keeps the old ones when a change is bad, says so once, and takes the next good one', async () => {
    writeFileSync(file, GUANGMING.replace('"sms"', '"pigeon"'));
    await book.look();
    await book.look();
    expect(events).toEqual(['problem CHANNEL_UNKNOWN']);
    expect(book.inForce(TODAY)).toEqual(FIRST.policies[0]);
    rmSync(file);
    await book.look();
    expect(book.inForce(TODAY)).toEqual(FIRST.policies[0]);
    withSecond();
    await book.look();
    expect(events).toEqual(['problem CHANNEL_UNKNOWN', 'problem FILE_UNREADABLE', 'change 2']);
  });

  it('looks at an unchanged file without reading it', async () => {
    fails = new Error('not to be asked');
    await book.look();
    expect(events).toEqual([]);
  });

  it('refuses a version that is on record with other rules, when it changes and at the start', async () => {
    taken = ['440311-2026-2'];
    withSecond();
    await book.look();
    expect(events).toEqual(['problem VERSION_CHANGED']);
    expect(book.inForce(TOMORROW).version).toBe('440311-2026-1');
    taken = ['440311-2026-1'];
    writeFileSync(file, GUANGMING);
    await expect(opened().start()).rejects.toThrow('policies[0].version is "440311-2026-1"');
  });

  it('tries again when the versions could not be put on record', async () => {
    fails = new Error('database away');
    withSecond();
    await book.look();
    expect(events).toEqual(['error database away']);
    fails = undefined;
    await book.look();
    expect(events).toEqual(['error database away', 'change 2']);
  });

  it('is not opened upon a bad file', () => {
    writeFileSync(file, '{}');
    expect(() => opened()).toThrow(ReminderPolicyError);
  });
});
