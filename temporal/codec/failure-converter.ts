import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Failure messages and stack traces go through the payload codec like every value; without this they would stand in
 * clear in the engine. Loaded by path into the workflow bundle, hence the name the SDK looks for.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
