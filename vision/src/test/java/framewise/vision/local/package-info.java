@NullMarked
package framewise.vision.local;

import org.jspecify.annotations.NullMarked;
