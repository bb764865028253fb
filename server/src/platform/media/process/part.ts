import type { EncodedPacket } from "mediabunny";
import type { ClipReader } from "#platform/media/process/clip-reader.ts";

/** A clip, or its beginning up to and with one frame. */
export interface Part {
  clip: ClipReader;
  mime: string;
  lastIndex: number;
}

/** Seconds that a part takes. */
export function lengthOf({ clip: { places }, lastIndex }: Part): number {
  const [start, last] = [places[0], places[lastIndex]];
  return start && last ? last.timestamp + last.durationSecs - start.timestamp : 0;
}

export function moved(packet: EncodedPacket, bySecs: number): EncodedPacket {
  // The sequence counts through the whole: packets of later parts come after those of earlier ones.
  return packet.clone({ timestamp: packet.timestamp + bySecs, sequenceNumber: -1 });
}
