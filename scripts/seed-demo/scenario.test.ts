import { describe, expect, it } from '@jest/globals';
import { checkApplication, blockingProblems } from '../../domain/application/validate-application.ts';
import { type Stage, STAGES } from '../../domain/case/vocabulary.ts';
import { mayAct, nextStage } from '../../domain/procedure.ts';
import { plainDate } from '../../domain/plain-date.ts';
import { applicationFor } from './application.ts';
import { loadScenarios, planDistrict } from './scenario.ts';

const scenarios = loadScenarios();
const today = plainDate('2026-11-23');

/** Where an imported case stands before its acts. */
const PHASE_STAGES = {
  'cooling-off': 'cooling-off',
  'reminder-next': 'cooling-off',
  provisional: 'cooling-off',
  confirmation: 'confirmation',
  over: 'deemed-withdrawn',
} as const;

describe('the scenarios', () => {
  it('show every stage a live case can rest at', () => {
    const shown = new Set(scenarios.flatMap(({ stage, outcome }) => [stage, ...(outcome ? [outcome] : [])]));
    // A lapse takes thirty idle days: the district rehearses one instead.
    expect([...shown].sort()).toEqual(STAGES.filter((stage) => stage !== 'lapsed').sort());
  });

  it('have sixty different names and show them within the first dozen stages', () => {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(60);
    expect(new Set(scenarios.slice(0, 12).map(({ stage, outcome }) => outcome ?? stage)).size).toBe(11);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s asks only for lawful acts',
    (_, scenario) => {
      let stage: Stage = scenario.received ? PHASE_STAGES[scenario.received.phase] : 'draft';
      for (const { act, role } of scenario.acts) {
        expect(mayAct(role, act)).toBe(true);
        const next = nextStage(stage, act);
        expect(next).toBeDefined();
        stage = next ?? stage;
      }
      expect(stage).toBe(
        scenario.outcome && scenario.stage === 'archived' ? scenario.outcome : scenario.stage,
      );
    },
  );
});

describe('the planned district', () => {
  const plan = planDistrict(scenarios, 200);

  it('begins with the cases of a smaller one', () => {
    expect(plan.slice(0, 45)).toEqual(planDistrict(scenarios, 45));
  });

  it.each(['2026-01-05', '2026-02-28', '2026-11-23', '2028-02-29'])(
    'has only applications the counter would take on %s',
    (day) => {
      for (const planned of plan) {
        const problems = checkApplication(applicationFor(planned, plainDate(day)), plainDate(day), {
          allowTestNumbers: true,
        });
        expect(blockingProblems(problems)).toEqual([]);
      }
    },
  );

  it('gives children the age they were given', () => {
    const planned = plan.find(({ scenario }) => scenario.children.length > 1);
    const { minorChildren } = applicationFor(planned ?? failed(), today);
    const ages = minorChildren.map(({ bornOn }) =>
      Math.floor((Date.parse(today) - Date.parse(bornOn)) / 31_557_600_000),
    );
    expect(ages).toEqual(planned?.scenario.children);
  });

  it('puts the second case of a couple under the same two people', () => {
    const second = plan.find(({ number, coupleNumber }) => number !== coupleNumber) ?? failed();
    const own = plan[second.coupleNumber - 1] ?? failed();
    const numbersOf = (planned: typeof own) =>
      applicationFor(planned, today).parties.map(({ idNumber }) => idNumber);
    expect(numbersOf(second)).toEqual(numbersOf(own));
  });
});

function failed(): never {
  throw new Error('the scenario this test needs is gone');
}
