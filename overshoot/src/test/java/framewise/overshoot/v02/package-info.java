@NullMarked
package framewise.overshoot.v02;

import org.jspecify.annotations.NullMarked;
