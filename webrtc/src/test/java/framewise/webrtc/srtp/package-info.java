@NullMarked
package framewise.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
