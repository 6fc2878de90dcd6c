import { join } from 'node:path';
import { defaultPayloadConverter, type DataConverter, type LoadedDataConverter } from '@temporalio/common';
import { failureConverter } from './failure-converter.ts';
import { payloadCodec, type PayloadCodecOptions, type PayloadKeys } from './payload-codec.ts';

/** Path of the module the worker's bundle must contain; give it to `bundleWorkflowCode` as `failureConverterPath`. */
export const FAILURE_CONVERTER_PATH = join(import.meta.dirname, 'failure-converter.ts');

/** The converter of a worker, which needs paths because workflow code runs in its own bundle. */
export function dataConverter(keys: PayloadKeys, options?: PayloadCodecOptions): DataConverter {
  return { failureConverterPath: FAILURE_CONVERTER_PATH, payloadCodecs: [payloadCodec(keys, options)] };
}

/** The same converter for a client, whose parts are loaded already. */
export function clientDataConverter(keys: PayloadKeys, options?: PayloadCodecOptions): LoadedDataConverter {
  return {
    payloadConverter: defaultPayloadConverter,
    failureConverter,
    payloadCodecs: [payloadCodec(keys, options)],
  };
}
