import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { HouseholdRegister, MarriageQuery, MarriageRegister } from '../../activities/registers/port.ts';
import { controlOf } from '../../simulators/control.ts';
import type { Control } from '../../simulators/control.ts';
import { launchSimulators } from '../../simulators/launch.ts';
import type { Launched } from '../../simulators/launch.ts';
import { httpHouseholdRegister, httpMarriageRegister } from './http-registers.ts';

const TOKEN = 'register-token';
const HUSBAND = { idType: 'mainland-id', idNumber: '440399199003070014' };
const WIFE = { idType: 'mainland-id', idNumber: '440399199205080026' };

let simulators: Launched;
let control: Control;
let marriages: MarriageRegister;
let people: HouseholdRegister;

function ask(certificateNumber: string, parties: MarriageQuery['parties'] = [HUSBAND, WIFE]): MarriageQuery {
  return { certificateNumber, parties, at: Date.parse('2026-11-23T02:00:00Z') };
}

beforeAll(async () => {
  simulators = await launchSimulators({ HELI_REGISTER_TOKEN: TOKEN });
  control = controlOf(simulators.url);
  const options = { baseUrl: simulators.url, accessToken: TOKEN, timeoutMs: 600 };
  marriages = httpMarriageRegister(options);
  people = httpHouseholdRegister(options);
});
afterEach(() => control.clearFaults());
afterAll(() => simulators.stop());

describe('the marriage register', () => {
  it.each([
    ['J440311-2015-000123', 'married'],
    ['深罗结字第000123号', 'married'],
    ['12', 'not-found'],
  ])('finds for %s: %s', async (certificateNumber, status) => {
    expect(await marriages.findMarriage(ask(certificateNumber))).toEqual({ status });
  });

  it('knows that nobody is married to themselves', async () => {
    const entry = await marriages.findMarriage(ask('J440311-2015-000123', [HUSBAND, HUSBAND]));
    expect(entry.status).toBe('other-couple');
  });

  it('passes on what it recorded', async () => {
    const entry = {
      status: 'divorced',
      registeredOn: '2015-03-02',
      office: '光明',
      recordedOn: '2020-09-01',
    };
    await control.setMarriage('J440311-2015-000999', entry);
    expect(await marriages.findMarriage(ask('J440311-2015-000999'))).toEqual(entry);
  });

  it('counts an unreadable answer as no answer', async () => {
    await control.setMarriage('J440311-2015-000998', { status: 'divorced', recordedOn: '2020-02-31' });
    const asking = marriages.findMarriage(ask('J440311-2015-000998'));
    await expect(asking).rejects.toMatchObject({ name: 'RegisterUnavailable', code: 'unreadable-answer' });
  });

  it.each([
    [{ mode: 'slow', delayMs: 1_500 }, 'RegisterUnavailable', 'timeout'],
    [{ mode: 'timeout-after-accept' }, 'RegisterUnavailable', 'timeout'],
    [{ mode: 'down' }, 'RegisterUnavailable', 'UND_ERR_SOCKET'],
    [{ mode: 'error', status: 500 }, 'RegisterUnavailable', '500'],
    [{ mode: 'error', status: 429, retryAfter: 3 }, 'RegisterUnavailable', '429'],
    [{ mode: 'error', status: 403 }, 'RegisterRefused', '403'],
    [{ mode: 'error', status: 422 }, 'RegisterRefused', '422'],
  ] as const)('%o is %s (%s), then it answers again', async (fault, name, code) => {
    await control.setFault('marriage-register', { ...fault, count: 1 });
    await expect(marriages.findMarriage(ask('J440311-2015-000123'))).rejects.toMatchObject({ name, code });
    expect(await marriages.findMarriage(ask('J440311-2015-000123'))).toEqual({ status: 'married' });
  });

  it('says how long to leave it alone', async () => {
    await control.setFault('marriage-register', { mode: 'error', status: 503, retryAfter: 3, count: 1 });
    const asking = marriages.findMarriage(ask('J440311-2015-000123'));
    await expect(asking).rejects.toMatchObject({ retryAfterMs: 3_000 });
  });

  it('refuses a stranger', async () => {
    const stranger = httpMarriageRegister({ baseUrl: simulators.url, accessToken: 'stranger' });
    const asking = stranger.findMarriage(ask('J440311-2015-000123'));
    await expect(asking).rejects.toMatchObject({ name: 'RegisterRefused', code: '401' });
  });

  it('is unavailable when nobody listens', async () => {
    const nobody = httpMarriageRegister({ baseUrl: 'http://127.0.0.1:1', accessToken: TOKEN });
    await expect(nobody.findMarriage(ask('J440311-2015-000123'))).rejects.toMatchObject({
      name: 'RegisterUnavailable',
    });
  });
});

describe('the household register', () => {
  it('matches a number that looks valid and does not find another', async () => {
    expect(await people.checkPerson({ ...HUSBAND, name: '张三' })).toEqual({
      status: 'match',
      maritalStatus: 'married',
    });
    const missing = { idType: 'mainland-id', idNumber: '4403', name: '张三' };
    expect(await people.checkPerson(missing)).toEqual({ status: 'not-found' });
  });

  it('compares the name it holds', async () => {
    await control.setPerson(WIFE.idNumber, { status: 'match', maritalStatus: 'divorced', name: '李四' });
    expect(await people.checkPerson({ ...WIFE, name: '李四' })).toEqual({
      status: 'match',
      maritalStatus: 'divorced',
    });
    expect((await people.checkPerson({ ...WIFE, name: '李五' })).status).toBe('name-differs');
  });

  it('is down on its own', async () => {
    await control.setFault('household-register', { mode: 'error', status: 400 });
    const asking = people.checkPerson({ ...HUSBAND, name: '张三' });
    await expect(asking).rejects.toMatchObject({ name: 'RegisterRefused', code: '400' });
    expect((await marriages.findMarriage(ask('J440311-2015-000123'))).status).toBe('married');
  });
});
