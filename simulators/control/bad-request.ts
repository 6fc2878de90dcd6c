import type { Response } from 'express';

/** Says what is wrong with a request to the control interface. */
export function badRequest(response: Response, error: string): void {
  response.status(400).json({ error });
}
