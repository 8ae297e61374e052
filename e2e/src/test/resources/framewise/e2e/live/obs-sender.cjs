/*
 * Publishes like OBS Studio's WHIP output, with OBS's library, libdatachannel. Tracks, identifiers, handlers, headers and
 * the order of calls follow plugins/obs-webrtc in OBS's sources; x264 has OBS's settings.
 *
 * Argument, as JSON: `server` and `token` as in OBS's settings, `words` on the picture, `fps`, `keyframe` (pictures between
 * key frames), `late` (pictures that are sent before the connection is up). Reports every event as a line of JSON. A line
 * on standard input is a click on "Stop Streaming".
 */
const { spawn } = require('node:child_process');
const { randomBytes, randomInt } = require('node:crypto');
const http = require('node:http');
const { createInterface } = require('node:readline');
const rtc = require('node-datachannel');

const { server, token, words, fps, keyframe, late } = JSON.parse(process.argv[2]);
const AGENT = 'Mozilla/5.0 (OBS-Studio/31.0.3; Linux x86_64; en-US)';
const KBPS = 2500;
const FONT = '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf';
const START_CODE = Buffer.from([0, 0, 1]);
const DELIMITER = Buffer.from([0, 0, 1, 9]);
/** 20 ms of silence in Opus. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

const tell = (what) => console.log(JSON.stringify(what));
const name = () => randomBytes(8).toString('hex');

const peer = new rtc.PeerConnection('obs', { iceServers: [] });
peer.onStateChange((state) => tell({ state }));
const stream = name();
const cname = name();
const ssrc = randomInt(1, 2 ** 32 - 2);

const sound = new rtc.Audio('0', 'SendOnly');
sound.addOpusCodec(111);
sound.addSSRC(ssrc, cname, stream, `${stream}-audio`);
const audio = track(sound, new rtc.RtpPacketizationConfig(ssrc, cname, 111, 48000), (config) =>
  handlers(new rtc.RtpPacketizer(config), config, new rtc.RtcpNackResponder()),
);

const picture = new rtc.Video('1', 'SendOnly');
picture.addSSRC(ssrc + 1, cname, stream, `${stream}-video`);
picture.addH264Codec(96);
const video = track(picture, new rtc.RtpPacketizationConfig(ssrc + 1, cname, 96, 90000), (config) =>
  handlers(
    new rtc.H264RtpPacketizer('StartSequence', config, 1200),
    config,
    new rtc.RtcpNackResponder(4000),
    new rtc.PacingHandler(KBPS * 10000, 5),
  ),
);

function handlers(packetizer, config, ...more) {
  [new rtc.RtcpSrReporter(config), ...more].forEach((handler) => packetizer.addToChain(handler));
  return packetizer;
}

function track(media, config, packetizer) {
  const added = peer.addTrack(media);
  added.setMediaHandler(packetizer(config));
  return {
    send(data, ticks) {
      if (added.isOpen()) {
        config.timestamp = (config.timestamp + ticks) >>> 0;
        added.sendMessageBinary(data);
      }
    },
  };
}

/** Encodes a picture with the words and passes its access units on without their delimiters, as OBS does. */
function encode(take) {
  const encoder = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-re', '-f', 'lavfi', '-i', `color=c=0x203050:s=640x360:r=${fps}`],
      ...['-vf', `drawtext=fontfile=${FONT}:text='${words}':fontsize=72:fontcolor=white:x=(w-tw)/2:y=(h-th)/2`],
      ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', `${keyframe}`],
      ...['-b:v', `${KBPS}k`, '-maxrate', `${KBPS}k`, '-bufsize', `${KBPS}k`, '-x264-params', 'filler=1'],
      ...['-bsf:v', 'h264_metadata=aud=insert', '-f', 'h264', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let rest = Buffer.alloc(0);
  encoder.stdout.on('data', (some) => {
    rest = Buffer.concat([rest, some]);
    let next;
    while ((next = rest.indexOf(DELIMITER, DELIMITER.length)) >= 0) {
      take(rest.subarray(rest.indexOf(START_CODE, DELIMITER.length), next));
      rest = rest.subarray(next);
    }
  });
  return encoder;
}

function send() {
  let skip = late;
  const encoder = encode((unit) => {
    if (skip > 0) skip -= 1;
    else video.send(unit, 90000 / fps);
  });
  const quiet = setInterval(() => audio.send(SILENCE, 960), 20);
  return () => {
    encoder.kill();
    clearInterval(quiet);
  };
}

function ask(method, url, headers, body = '') {
  return new Promise((resolve, reject) => {
    const all = { 'User-Agent': AGENT, Accept: '*/*', ...headers };
    if (token) all.Authorization = `Bearer ${token}`;
    const request = http.request(url, { method, headers: all, timeout: 8000 }, (response) => {
      let text = '';
      response.on('data', (some) => (text += some));
      response.on('end', () => resolve({ response, text }));
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('no answer within 8 s')));
    request.end(body);
  });
}

/** OBS reads a URL without "http" as a path of the host, with or without a leading slash. */
function resource(location) {
  if (location.startsWith('http')) return location;
  const url = new URL(server);
  url.pathname = location;
  url.search = '';
  return url.href;
}

/** Parses the ICE servers like OBS, one from each header. */
function iceServers(rawHeaders) {
  return rawHeaders
    .filter((_, i) => i % 2 === 1 && rawHeaders[i - 1].toLowerCase() === 'link')
    .map((link) => {
      const found = {};
      for (const part of link.split(';')) {
        const quoted = part.slice(part.indexOf('"') + 1, part.lastIndexOf('"'));
        if (/^<(stun|turn):/.test(part)) found.url = part.slice(1, part.indexOf('>'));
        else if (part.includes('username=')) found.username = quoted;
        else if (part.includes('credential=')) found.password = quoted;
      }
      return found;
    });
}

async function start(offer) {
  const { response, text } = await ask('POST', server, { 'Content-Type': 'application/sdp' }, offer);
  const { location } = response.headers;
  tell({ status: response.statusCode, offer, answer: text, location, servers: iceServers(response.rawHeaders) });
  if (response.statusCode !== 201 || !location) {
    peer.close();
    process.exit(1);
  }
  const address = resource(location);
  peer.setRemoteDescription(text, 'Answer');
  const end = send();
  createInterface({ input: process.stdin }).once('line', async () => {
    end();
    peer.close();
    const { response: gone } = await ask('DELETE', address, {});
    tell({ deleted: gone.statusCode, address });
    process.exit(0);
  });
}

// Send the offer before gathering candidates: OBS gathers them once it has the answer.
peer.onLocalDescription((offer) => {
  start(offer).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
peer.setLocalDescription('Offer');
