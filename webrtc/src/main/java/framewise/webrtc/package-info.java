/**
 * Peer connections: {@link framewise.webrtc.Peers} makes a {@link framewise.webrtc.Publisher},
 * which sends frames to a far end, or a {@link framewise.webrtc.Receiver}, which takes them from
 * one. The native library behind it and its sharp edges stay in here; docs/webrtc.md tells where
 * each is cured.
 */
@NullMarked
package framewise.webrtc;

import org.jspecify.annotations.NullMarked;
