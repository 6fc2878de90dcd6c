import { expect, it } from '@jest/globals';
import type { AlarmDetail } from '../alarms.ts';
import { type DepthDetails, depthsOfDetail, detailOfDepths } from './alarm-detail.ts';

const DEPTHS = ['quick', 'deep'] as const;
const QUICK = { runId: 'r1', error: 'Unknown' };
const DEEP = { runId: 'r2', error: null };

it.each<[DepthDetails<'quick' | 'deep'>, AlarmDetail]>([
  [{ quick: QUICK }, { depth: 'quick', quickRunId: 'r1', quickError: 'Unknown' }],
  [{ deep: DEEP }, { depth: 'deep', deepRunId: 'r2', deepError: null }],
  [
    { deep: DEEP, quick: QUICK },
    { depth: 'quick, deep', quickRunId: 'r1', quickError: 'Unknown', deepRunId: 'r2', deepError: null },
  ],
])('names every depth, and is read back', (details, detail) => {
  expect(detailOfDepths(DEPTHS, details)).toEqual(detail);
  expect(depthsOfDetail(DEPTHS, detail)).toEqual(details);
});

it('says nothing of no depth', () => {
  expect(detailOfDepths(DEPTHS, {})).toBeUndefined();
  expect(depthsOfDetail(DEPTHS, undefined)).toEqual({});
  expect(depthsOfDetail(DEPTHS, { other: 1 })).toEqual({});
});
