@NullMarked
package framewise.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
