/** How a question to a register can end badly. Messages carry codes only, never a number or a name. */

/** The register is down, slow or busy: ask again later. A question changes nothing, so this is always safe. */
export class RegisterUnavailable extends Error {
  override readonly name = 'RegisterUnavailable';
  /** HTTP status, or `timeout`, `ECONNREFUSED` and the like. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number) {
    super(`register unavailable (${code})`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The register will not answer this question however often it is asked: access, contract or request is wrong. */
export class RegisterRefused extends Error {
  override readonly name = 'RegisterRefused';
  readonly code: string;

  constructor(code: string) {
    super(`register refused (${code})`);
    this.code = code;
  }
}
