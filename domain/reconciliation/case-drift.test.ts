import { describe, expect, it } from '@jest/globals';
import { type Stage, STAGES } from '../case/vocabulary.ts';
import { awaitsArchive, isFinal, isOpen } from '../procedure.ts';
import {
  CASE_DRIFTS,
  type CaseDrift,
  caseDrifts,
  type CaseInEngine,
  type CaseOfItself,
  type CaseOnRecord,
  caseRepair,
} from './case-drift.ts';
import { SLACK } from './slack.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const HOUR = 3_600_000;
const WAKE = NOW + 9 * HOUR;

function record(stage: Stage, changes: Partial<CaseOnRecord> = {}): CaseOnRecord {
  const row = { stage, seq: 5, engineStarted: true, stateKept: true, updatedAt: NOW - HOUR };
  return { ...row, nextDeadline: WAKE, ...changes };
}
function running(stage: Stage, changes: Partial<CaseOfItself> = {}): CaseInEngine {
  const status = { stage, seq: 5, settled: true, nextWakeAt: WAKE, alarmAt: WAKE, ...changes };
  return { state: 'running', status };
}
/** The same without a next deadline. */
const without = ({ stage, seq, engineStarted, stateKept, updatedAt }: CaseOnRecord): CaseOnRecord => ({
  stage,
  seq,
  engineStarted,
  stateKept,
  updatedAt,
});

const OPEN = STAGES.filter(isOpen);
const TO_ARCHIVE = STAGES.filter(awaitsArchive);
const FINAL = STAGES.filter(isFinal);
const GONE: CaseInEngine = { state: 'gone' };

describe('a case in order', () => {
  it.each(OPEN)('yields nothing at %s', (stage) => {
    expect(caseDrifts(record(stage), running(stage), NOW)).toEqual([]);
    expect(caseDrifts(record(stage), { state: 'running' }, NOW)).toEqual([]);
  });
  it.each(TO_ARCHIVE)('yields nothing at %s while its volume is sealed', (stage) => {
    expect(caseDrifts(record(stage), running('archived', { seq: 6 }), NOW)).toEqual([]);
  });
  it.each(FINAL)('yields nothing at %s once its workflow has ended', (stage) => {
    expect(caseDrifts(without(record(stage)), { state: 'completed' }, NOW)).toEqual([]);
    expect(caseDrifts(record(stage), GONE, NOW)).toEqual([]);
  });
  it('waits for people only: no deadline, no timer', () => {
    const status = { stage: 'pre-check', seq: 5, settled: true } as const;
    expect(caseDrifts(without(record('pre-check')), { state: 'running', status }, NOW)).toEqual([]);
  });
  it('may have a timer that rings early', () => {
    expect(caseDrifts(record('draft'), running('draft', { alarmAt: WAKE - HOUR }), NOW)).toEqual([]);
  });
  it('is nobody when neither side knows it', () => {
    expect(caseDrifts(undefined, GONE, NOW)).toEqual([]);
  });
});

describe('a turn in progress is no drift', () => {
  it.each(OPEN)('at %s', (stage) => {
    const status = { settled: false, stage: 'ready' as const, seq: 9, nextWakeAt: WAKE + 1 };
    expect(caseDrifts(record(stage), running(stage, status), NOW)).toEqual([]);
  });
  it('nor a wake-up that has just passed', () => {
    const row = record('cooling-off', { nextDeadline: NOW - SLACK.wake });
    expect(caseDrifts(row, { state: 'running' }, NOW)).toEqual([]);
    expect(caseDrifts(row, { state: 'running' }, NOW + 1)).toEqual(['WAKE_OVERDUE']);
  });
  it('nor a row that has just been written', () => {
    const started = record('draft', { engineStarted: false, updatedAt: NOW - SLACK.start });
    expect(caseDrifts(started, GONE, NOW)).toEqual([]);
    const ended = without(record('lapsed', { updatedAt: NOW - SLACK.end }));
    expect(caseDrifts(ended, { state: 'running' }, NOW)).toEqual([]);
  });
  it('nor notices an ended case has still to send', () => {
    expect(caseDrifts(record('lapsed'), { state: 'running' }, NOW)).toEqual([]);
  });
});

const found: readonly [CaseDrift, CaseOnRecord | undefined, CaseInEngine, string][] = [
  ['START_LOST', record('draft', { engineStarted: false }), GONE, 'start'],
  ['NOT_RUNNING', record('cooling-off'), GONE, 'resume'],
  ['NOT_RUNNING', record('cooling-off'), { state: 'completed' }, 'person'],
  ['NOT_RUNNING', record('withdrawn'), GONE, 'resume'],
  ['NO_RECORD', undefined, { state: 'running' }, 'person'],
  ['ENDED_BUT_RUNNING', without(record('refused')), { state: 'running' }, 'reconcile'],
  ['WAKE_OVERDUE', record('ready', { nextDeadline: NOW - HOUR }), { state: 'running' }, 'reconcile'],
  ['STAGE_DIFFERS', record('ready'), running('cooling-off'), 'reconcile'],
  ['SEQ_DIFFERS', record('ready'), running('ready', { seq: 4 }), 'reconcile'],
  ['WAKE_DIFFERS', record('ready', { nextDeadline: WAKE + 1 }), running('ready'), 'reconcile'],
  ['STATE_NOT_KEPT', record('ready', { stateKept: false }), running('ready'), 'reconcile'],
  ['TIMER_MISSING', record('ready'), running('ready', { alarmAt: WAKE + HOUR }), 'reconcile'],
  ['NO_ANSWER', record('ready'), { state: 'running', status: 'no-answer' }, 'person'],
];

describe('drifts', () => {
  it.each(found)('%s is found and gets its repair', (drift, row, engine, repair) => {
    const drifts = caseDrifts(row, engine, NOW);
    expect(drifts).toEqual([drift]);
    expect(caseRepair(drifts, engine)).toBe(repair);
  });
  it('are all tried here', () => {
    expect(new Set(found.map(([drift]) => drift))).toEqual(new Set(CASE_DRIFTS));
  });
  it.each(OPEN)('a lost workflow is seen at %s', (stage) => {
    expect(caseDrifts(record(stage), GONE, NOW)).toEqual(['NOT_RUNNING']);
  });
  it('come together, and get one repair', () => {
    const drifts = caseDrifts(record('ready', { nextDeadline: NOW - HOUR, seq: 9 }), running('draft'), NOW);
    expect(drifts).toEqual(['WAKE_OVERDUE', 'STAGE_DIFFERS', 'SEQ_DIFFERS', 'WAKE_DIFFERS']);
    expect(caseRepair(drifts, { state: 'running' })).toBe('reconcile');
  });
  it('of none there is none', () => {
    expect(caseRepair([], GONE)).toBeUndefined();
  });
});
