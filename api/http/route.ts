import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Locale } from '../../domain/case/vocabulary.ts';
import type { Actor, Permission } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** A file as it was uploaded. */
export interface UploadedFile {
  readonly bytes: Buffer;
  readonly name: string;
  readonly mediaType: string;
}

/** What a route is given. */
export interface Call<P, Q, B> {
  readonly deps: ApiDependencies;
  readonly actor: Actor;
  readonly locale: Locale;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly file: UploadedFile | undefined;
  /** The same at every attempt with the same Idempotency-Key; the key under which an act is done once. */
  readonly actId: string;
  readonly log: Logger;
  readonly request: Request;
}

/** What a route answers: JSON, or bytes of another media type. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: { readonly mediaType: string; readonly content: Buffer };
}

export interface DescribedAnswer {
  readonly status: number;
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Of an answer that is not JSON. */
  readonly mediaType?: string;
}

/** One operation: its address, who may call it, what it takes and gives. Served and documented from the same words. */
export interface Route {
  readonly method: 'get' | 'post';
  /** Below `/api/v1`, parameters as `{name}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `staff`: any valid token, the route decides further; `none`: no token. */
  readonly access: Permission | 'staff' | 'none';
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | undefined;
  /** The route reads the body itself, since what is wrong with it may depend on the case. */
  readonly readsBody: boolean;
  readonly upload: boolean;
  /** The body may be a file of comma-separated values; the route reads it as bytes. */
  readonly csv?: { readonly limitBytes: number; readonly example: string };
  readonly answers: DescribedAnswer;
  /** Codes a caller should be ready for, besides those every route has. */
  readonly problems: readonly string[];
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<Answer>;
}

type Output<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;

type Definition<P, Q, B> = Pick<Route, 'method' | 'path' | 'tag' | 'summary' | 'access' | 'answers'> &
  Partial<Pick<Route, 'description' | 'readsBody' | 'upload' | 'csv' | 'problems'>> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly handle: (call: Call<Output<P>, Output<Q>, Output<B>>) => Promise<Answer>;
  };

const NOTHING = z.object({});

/** Ties a handler to its schemas; afterwards routes of all kinds look alike. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: Definition<P, Q, B>): Route {
  return {
    readsBody: false,
    upload: false,
    problems: [],
    ...definition,
    params: definition.params ?? NOTHING,
    query: definition.query ?? NOTHING,
    body: definition.body,
    // The runner parses by these very schemas before it calls.
    handle: definition.handle as unknown as Route['handle'],
  };
}

/** The answer as it leaves. */
export function send(response: Response, answer: Answer): void {
  response.status(answer.status ?? 200).set(answer.headers ?? {});
  if (answer.bytes) response.type(answer.bytes.mediaType).send(answer.bytes.content);
  else response.type('json').send(JSON.stringify(answer.json));
}
