@NullMarked
package framewise.overshoot.wire;

import org.jspecify.annotations.NullMarked;
