import { z } from 'zod';
import { CodecRequestInvalid, type CodecOperation } from '../../temporal/codec/codec-endpoint.ts';
import { requirePermission } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { applyReceipt } from '../notices/apply-receipt.ts';
import { invalidFields, Problem } from '../problems/problem.ts';

const TAG = 'Machines';

const smsStatus = route({
  method: 'post',
  path: '/webhooks/sms-status',
  tag: TAG,
  summary: 'Delivery receipts of the message gateway',
  description:
    "Signed with the account's token; late, repeated and disordered receipts are taken in their stride.",
  access: 'none',
  answers: { status: 204, description: 'Noted' },
  problems: ['SIGNATURE_INVALID'],
  handle: async ({ deps, request }) => {
    const signature = request.headers['x-twilio-signature'];
    const receipt = deps.receipts.read({
      pathAndQuery: request.originalUrl,
      signature: typeof signature === 'string' ? signature : undefined,
      form: (request.body ?? {}) as Record<string, unknown>,
    });
    if (!receipt) throw new Problem('SIGNATURE_INVALID');
    await applyReceipt(deps, receipt);
    return { status: 204, json: undefined };
  },
});

const payloads = z.object({ payloads: z.array(z.unknown()).max(2_000) });

const codecRoutes = (['decode', 'encode'] as const).map((operation) =>
  route({
    method: 'post',
    path: `/codec/${operation}`,
    tag: TAG,
    summary: `${operation === 'decode' ? 'Open' : 'Seal'} payloads for the engine's console`,
    description:
      'For supervisors, auditors and administrators. In a demonstration district whoever asks from this machine ' +
      'needs no token, so that the console shows open payloads.',
    access: 'none',
    body: payloads,
    readsBody: true,
    answers: { status: 200, description: 'The payloads', schema: payloads },
    handle: (call) => answerCodec(call, operation),
  }),
);

async function answerCodec({ deps, request }: Call<unknown, unknown, unknown>, operation: CodecOperation) {
  await requireDecoder(deps, request);
  try {
    return { json: await deps.codec(operation, request.body) };
  } catch (error) {
    if (error instanceof CodecRequestInvalid)
      throw invalidFields([{ field: 'payloads', code: 'VALUE_INVALID' }]);
    throw error;
  }
}

async function requireDecoder(
  deps: ApiDependencies,
  request: Call<unknown, unknown, unknown>['request'],
): Promise<void> {
  const { authorization } = request.headers;
  if (authorization === undefined && deps.settings.demo && isLocal(request.socket.remoteAddress)) return;
  requirePermission(await deps.verifyToken(authorization), 'decode-payloads');
}

function isLocal(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}

export const machineRoutes: readonly Route[] = [smsStatus, ...codecRoutes];
