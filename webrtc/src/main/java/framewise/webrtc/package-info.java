/**
 * Peer connections: {@link framewise.webrtc.Peers} makes a {@link framewise.webrtc.Publisher},
 * which sends frames to a remote peer, or a {@link framewise.webrtc.Receiver}, which receives them.
 * The native library and its workarounds stay inside; docs/webrtc.md lists the workarounds.
 */
@NullMarked
package framewise.webrtc;

import org.jspecify.annotations.NullMarked;
