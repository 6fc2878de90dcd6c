import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { dataConverter, FAILURE_CONVERTER_PATH } from '../../temporal/codec/data-converter.ts';
import { ACTS } from '../../domain/case/vocabulary.ts';
import { PATHS } from './paths.ts';
import { currentVersion, replayKeys, type SavedHistory, savedHistories, toMessage } from './saved.ts';

const saved = savedHistories();
let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  // Of the code as it stands, whatever was built before.
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, '../../workflows/index.ts'),
    failureConverterPath: FAILURE_CONVERTER_PATH,
    logger: new DefaultLogger('ERROR'),
  });
}, 120_000);

/** What went wrong with each history that no longer replays. */
async function replay(histories: readonly SavedHistory[]): Promise<Record<string, string>> {
  const failed: Record<string, string> = {};
  const results = Worker.runReplayHistories(
    { workflowBundle, dataConverter: dataConverter(replayKeys()), replayName: 'saved-histories' },
    histories.map(({ name, history }) => ({ workflowId: name, history: toMessage(history) })),
  );
  for await (const { workflowId, error } of results) if (error) failed[workflowId] = String(error);
  return failed;
}

describe('saved histories', () => {
  it('has every path of the procedure in the present version', () => {
    const names = saved.map(({ name }) => name);
    const expected = [...Object.keys(PATHS), 'continued-as-new.first-run', 'continued-as-new.next-run'];
    expect(names).toEqual(expect.arrayContaining(expected.map((path) => `${currentVersion}/${path}`)));
  });

  it('has every act among its paths', () => {
    const accepted = saved.flatMap(({ history }) =>
      history.events.map((event) => {
        const update = event['workflowExecutionUpdateAcceptedEventAttributes'] as
          { acceptedRequest: { input: { name: string } } } | undefined;
        return update?.acceptedRequest.input.name;
      }),
    );
    expect(accepted).toEqual(expect.arrayContaining([...ACTS]));
  });

  it('replays with the workflow code as it stands', async () => {
    expect(await replay(saved)).toEqual({});
  }, 120_000);

  it('notices a history that the code would not have written', async () => {
    const [first] = saved.filter(({ name }) => name.endsWith('/registered'));
    if (!first) throw new Error('no history of a registration');
    // The timer of the second wait fires before it was set: some other code must have written that.
    const timers = first.history.events.filter(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED');
    const changed = first.history.events.filter((event) => event !== timers[0]);
    const renumbered = changed.map((event, index) => ({ ...event, eventId: String(index + 1) }));
    const failed = await replay([{ ...first, name: 'changed', history: { events: renumbered } }]);
    expect(failed['changed']).toMatch(/[Nn]ondeterminism|TMPRL1100/);
  }, 60_000);
});
