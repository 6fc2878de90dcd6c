import {
  Client,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { type CaseNumber, isRehearsal } from '../domain/numbers.ts';
import { clientDataConverter } from './codec/data-converter.ts';
import type { PayloadCodecOptions, PayloadKeys } from './codec/payload-codec.ts';
import { DEFAULT_NAMESPACES, type Namespaces } from './names.ts';

export interface ConnectOptions {
  /** `host:port` of the Temporal server. */
  readonly address: string;
  readonly keyStore: PayloadKeys;
  readonly namespaces?: Namespaces;
  /** Who calls; it stands in many history events, so keep it short. Default `api`. */
  readonly identity?: string;
  /**
   * Longest time for one call including its retries, in milliseconds; default 30 000, which is longer than the server
   * holds a long poll. For a shorter one around a step use `client.withDeadline`.
   */
  readonly callTimeoutMs?: number;
  /** Longest time for the first connection, in milliseconds; default 10 000. */
  readonly connectTimeoutMs?: number;
  readonly tls?: NonNullable<ConnectionOptions['tls']>;
  readonly apiKey?: string;
  readonly codec?: PayloadCodecOptions;
}

/** One connection, a client for each namespace. */
export interface Engine {
  readonly main: Client;
  readonly rehearsal: Client;
  /** The client of the namespace where this case lives. */
  clientFor(caseNumber: CaseNumber): Client;
  close(): Promise<void>;
}

/** No Temporal server answers at the address. */
export class EngineUnreachable extends Error {
  override readonly name = 'EngineUnreachable';
  constructor(address: string, cause: unknown) {
    super(`No Temporal server answers at ${address}.`, { cause });
  }
}

/**
 * Connects to the engine with the house's payload codec.
 * @throws {EngineUnreachable} when it does not answer within `connectTimeoutMs`.
 */
export async function connect(options: ConnectOptions): Promise<Engine> {
  const connection = await open(options);
  const namespaces = options.namespaces ?? DEFAULT_NAMESPACES;
  const shared = {
    connection,
    identity: options.identity ?? 'api',
    dataConverter: clientDataConverter(options.keyStore, options.codec),
  };
  const main = new Client({ ...shared, namespace: namespaces.main });
  const rehearsal = new Client({ ...shared, namespace: namespaces.rehearsal });
  return {
    main,
    rehearsal,
    clientFor: (caseNumber) => (isRehearsal(caseNumber) ? rehearsal : main),
    close: () => connection.close(),
  };
}

async function open(options: ConnectOptions): Promise<Connection> {
  try {
    return await Connection.connect({
      address: options.address,
      connectTimeout: options.connectTimeoutMs ?? 10_000,
      interceptors: [
        deadlineInterceptor(options.callTimeoutMs ?? 30_000),
        makeGrpcRetryInterceptor(defaultGrpcRetryOptions()),
      ],
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
    });
  } catch (error) {
    throw new EngineUnreachable(options.address, error);
  }
}

type GrpcInterceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Without it a call to a server that accepts and never answers would wait for ever. It stands outside the retries. */
function deadlineInterceptor(callTimeoutMs: number): GrpcInterceptor {
  return (call, next) =>
    next({
      ...call,
      deadline: call.deadline ?? Date.now() + callTimeoutMs,
    }) as unknown as ReturnType<GrpcInterceptor>;
}
