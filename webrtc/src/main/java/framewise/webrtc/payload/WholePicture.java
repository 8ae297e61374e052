package framewise.webrtc.payload;

import java.util.Optional;

/**
 * A complete encoded picture, as a decoder takes it.
 *
 * @param bytes at most {@link PictureAssembler#MAX_BYTES}
 * @param key whether it can be decoded without others
 * @param size what its header declares; empty where it declares none, as between key frames
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
public record WholePicture(byte[] bytes, boolean key, Optional<PictureSize> size) {}
