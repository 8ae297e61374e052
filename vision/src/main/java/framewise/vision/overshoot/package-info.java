/** Overshoot.ai's API v1beta: chat completions with pictures. */
@NullMarked
package framewise.vision.overshoot;

import org.jspecify.annotations.NullMarked;
