@NullMarked
package framewise.overshoot;

import org.jspecify.annotations.NullMarked;
