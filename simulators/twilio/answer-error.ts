import type { Response } from 'express';

const MESSAGES: Readonly<Record<number, string>> = {
  20003: 'Authenticate',
  20404: 'The requested resource was not found',
  20429: 'Too Many Requests',
  20500: 'An internal server error has occurred',
  21211: "The 'To' number is not a valid phone number.",
  21602: 'Message body is required.',
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21617: 'The concatenated message body exceeds the 1600 character limit.',
};

/** An error in the shape of Twilio's API. */
export function answerError(response: Response, status: number, code: number): void {
  response.status(status).json({
    code,
    message: MESSAGES[code] ?? `Error ${code}`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
}
