import { Provider, type ClientMetadata, type Configuration } from 'oidc-provider';
import { ROLES } from '../../domain/case/vocabulary.ts';
import { memoryAdapter } from './memory-adapter.ts';

/** The API as a resource, by RFC 8707; tokens carry the configured audience. */
const RESOURCE = 'urn:heli:api';
const TOKEN_SECONDS = 8 * 3600;

export interface EmbeddedProviderOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Secret of every client `demo-<role>`. */
  readonly clientSecret: string;
  readonly cookieKey: string;
  /** Private JWK, ES256. */
  readonly signingKey: Readonly<Record<string, unknown>>;
  /** Venues a demo user may be at home at; the first is the default. */
  readonly venueIds: readonly string[];
}

/**
 * The OpenID provider of a demonstration district: nine clients, one for each role, that get JWT access tokens by
 * client credentials. `venue` in the token request says where the user works.
 */
export function embeddedProvider(options: EmbeddedProviderOptions): Provider {
  const configuration: Configuration = {
    adapter: memoryAdapter(10_000),
    clients: ROLES.map((role) => demoClient(role, options.clientSecret)),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    cookies: { keys: [options.cookieKey] },
    jwks: { keys: [options.signingKey] },
    responseTypes: ['code'],
    scopes: [],
    ttl: { ClientCredentials: TOKEN_SECONDS },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: () => ({
          scope: '',
          audience: options.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_SECONDS,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: (ctx, token) => ({
      sub: token.clientId,
      role: token.clientId?.replace(/^demo-/, ''),
      venue: homeVenue(ctx.oidc.body?.['venue'], options.venueIds),
      venues: ['*'],
    }),
  };
  return new Provider(options.issuer, configuration);
}

function demoClient(role: string, clientSecret: string): ClientMetadata {
  return {
    client_id: `demo-${role}`,
    client_secret: clientSecret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
  };
}

function homeVenue(wanted: unknown, known: readonly string[]): string | undefined {
  return known.find((id) => id === wanted) ?? known[0];
}
