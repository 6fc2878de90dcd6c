import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWK,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import { z } from 'zod';
import { ROLES } from '../../domain/case/vocabulary.ts';
import type { Actor } from '../authorize.ts';
import { Problem } from '../problems/problem.ts';

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Venue of a token that names none. */
  readonly defaultVenue: string;
  /** Public keys, when the issuer is this process; an outside issuer's are fetched by discovery. */
  readonly keys?: readonly JWK[];
  /** How long the issuer may take to answer, in ms. */
  readonly timeoutMs?: number;
}

export type TokenVerifier = (authorization: string | undefined) => Promise<Actor>;

/** The issuer's keys can't be had at the moment: not the caller's fault. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

const claimsSchema = z.object({
  sub: z.string().min(1).max(120),
  role: z.enum(ROLES),
  venue: z.string().max(60).optional(),
  venues: z.array(z.string().max(60)).max(200).optional(),
});

/** Checks issuer, audience, signature and expiry, and reads role and venues. Asymmetric signatures only. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const keys = options.keys
    ? createLocalJWKSet({ keys: [...options.keys] })
    : discoveredKeys(options.issuer, options.timeoutMs ?? 5_000);
  return async (authorization) => {
    if (authorization === undefined) throw unauthorized('TOKEN_MISSING');
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthorized('TOKEN_INVALID');
    return actorOf(await verified(token, keys, options), options.defaultVenue);
  };
}

type Keys = JWTVerifyGetKey;

async function verified(token: string, keys: Keys, options: TokenVerifierOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms: ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: 5,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthorized('TOKEN_EXPIRED');
    if (error instanceof errors.JWKSTimeout || error instanceof IssuerUnavailable) throw error;
    if (error instanceof errors.JOSEError) throw unauthorized('TOKEN_INVALID');
    throw new IssuerUnavailable('the issuer of tokens does not answer', { cause: error });
  }
}

function actorOf(payload: JWTPayload, defaultVenue: string): Actor {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw unauthorized('TOKEN_INVALID');
  const { sub, role, venue = defaultVenue, venues = [venue] } = claims.data;
  return { sub, role, venue, venues };
}

function unauthorized(code: 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED'): Problem {
  const challenge = code === 'TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"';
  return new Problem(code, { headers: { 'www-authenticate': challenge } });
}

/** Keys by OpenID discovery, asked for at the first token and kept fresh by `jose`. */
function discoveredKeys(issuer: string, timeoutMs: number): Keys {
  let found: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const discover = async () => {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { jwks_uri: uri } = z.object({ jwks_uri: z.url() }).parse(await answer.json());
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: timeoutMs });
  };
  return async (header, token) => {
    found ??= discover().catch((error: unknown) => {
      found = undefined;
      throw new IssuerUnavailable('discovery failed', { cause: error });
    });
    return (await found)(header, token);
  };
}
