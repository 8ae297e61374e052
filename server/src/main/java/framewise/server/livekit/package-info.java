/**
 * Publishing with LiveKit's clients into streams of v1beta: signalling over WebSocket, in LiveKit's
 * own messages (github livekit/protocol, Apache-2.0; the field numbers are those of 2026). There is
 * no LiveKit server and no room: a stream has one publisher and no subscribers.
 */
@NullMarked
package framewise.server.livekit;

import org.jspecify.annotations.NullMarked;
