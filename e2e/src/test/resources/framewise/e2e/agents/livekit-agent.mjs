// Publishes a picture with a number 8 times a second, with the unmodified npm package @livekit/rtc-node.
// Arguments: publish.url, publish.token, whether to simulcast, the file with one picture of 1280x720 in RGBA.
// Prints "published" once the track is published; a line on standard input ends the program.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
  dispose,
} from '@livekit/rtc-node';

const [url, token, simulcast, picture] = process.argv.slice(2);
const room = new Room();
room.on(RoomEvent.Disconnected, (reason) => console.log('disconnected', reason));
await room.connect(url, token, { autoSubscribe: false, dynacast: false });
const source = new VideoSource(1280, 720);
const options = new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: simulcast === 'true' });
const pixels = new Uint8Array(await readFile(picture));
const timer = setInterval(() => source.captureFrame(new VideoFrame(pixels, 1280, 720, VideoBufferType.RGBA)), 125);
await room.localParticipant.publishTrack(LocalVideoTrack.createVideoTrack('agent', source), options);
console.log('published');
for await (const _ of createInterface({ input: process.stdin })) {
  break;
}
clearInterval(timer);
await room.disconnect();
await dispose();
process.exit(0);
