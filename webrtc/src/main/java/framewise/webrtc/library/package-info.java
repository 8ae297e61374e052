/** The native library: its build, what it needs of the system, and whether it can be used. */
@NullMarked
package framewise.webrtc.library;

import org.jspecify.annotations.NullMarked;
