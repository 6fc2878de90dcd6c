import type { RequestHandler } from 'express';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** Our own pages load everything from here; the documentation page sets styles inline. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers every answer has. Nothing that is asked for with a token may lie in a cache. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const overTls = publicUrl.startsWith('https:');
  return (_request, response, next) => {
    response.set({
      'content-security-policy': API_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    if (overTls) response.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
    next();
  };
}
