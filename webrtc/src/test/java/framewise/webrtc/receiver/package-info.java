@NullMarked
package framewise.webrtc.receiver;

import org.jspecify.annotations.NullMarked;
