import { DefaultLogger, type Logger, type LogLevel } from '@temporalio/worker';
import type { Logger as PinoLogger } from 'pino';

/** The few fields of the engine's log records that say where something happened; the rest may quote data. */
const FIELDS = [
  'workflowId',
  'runId',
  'activityId',
  'activityType',
  'workflowType',
  'attempt',
  'namespace',
  'taskQueue',
  'sdkComponent',
];
const LEVELS: Readonly<Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** The SDK logs failures with message and stack; only the failure's name and place are let through. */
export function engineLogger(log: PinoLogger): Logger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    const fields: Record<string, unknown> = {};
    for (const name of FIELDS) if (meta?.[name] !== undefined) fields[name] = meta[name];
    const error: unknown = meta?.['error'];
    if (error instanceof Error) fields['error'] = 'type' in error ? error.type : error.name;
    log[LEVELS[level]](fields, message);
  });
}
