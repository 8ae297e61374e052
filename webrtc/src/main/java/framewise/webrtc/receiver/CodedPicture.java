package framewise.webrtc.receiver;

import framewise.media.decode.LiveCodec;
import framewise.webrtc.payload.WholePicture;

/**
 * A complete picture on its way to the decoder.
 *
 * @param picture the encoded picture
 * @param codec its codec
 * @param rotation degrees clockwise that make it upright
 * @param nanos when its last packet arrived, on the clock's steady time
 */
record CodedPicture(WholePicture picture, LiveCodec codec, int rotation, long nanos) {}
