import proto from '@temporalio/proto';
import type { EpochMs } from '../domain/zoned-time.ts';

const { Duration } = proto.google.protobuf;

/** A protobuf timestamp or duration; seconds are 64-bit on the wire. */
interface Seconds {
  readonly seconds?: { toNumber(): number } | number | null;
  readonly nanos?: number | null;
}

/** Milliseconds of a protobuf timestamp or duration. */
export function protoToMs(value: Seconds): EpochMs {
  const seconds = typeof value.seconds === 'number' ? value.seconds : (value.seconds?.toNumber() ?? 0);
  return seconds * 1_000 + Math.floor((value.nanos ?? 0) / 1_000_000);
}

/** {@link protoToMs}, or undefined where there is no value. */
export function optionalProtoToMs(value: Seconds | null | undefined): EpochMs | undefined {
  return value ? protoToMs(value) : undefined;
}

/** A protobuf duration of so many milliseconds. */
export function msToDuration(ms: number): proto.google.protobuf.IDuration {
  return Duration.fromObject({ seconds: Math.floor(ms / 1_000), nanos: (ms % 1_000) * 1_000_000 });
}
