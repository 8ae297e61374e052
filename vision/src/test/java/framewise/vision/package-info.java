@NullMarked
package framewise.vision;

import org.jspecify.annotations.NullMarked;
