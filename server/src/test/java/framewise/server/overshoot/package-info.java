@NullMarked
package framewise.server.overshoot;

import org.jspecify.annotations.NullMarked;
