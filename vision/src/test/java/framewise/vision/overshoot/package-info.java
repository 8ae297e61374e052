@NullMarked
package framewise.vision.overshoot;

import org.jspecify.annotations.NullMarked;
