@NullMarked
package framewise.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
