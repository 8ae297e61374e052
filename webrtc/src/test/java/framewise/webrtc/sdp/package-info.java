@NullMarked
package framewise.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
