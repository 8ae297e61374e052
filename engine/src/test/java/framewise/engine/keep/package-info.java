@NullMarked
package framewise.engine.keep;

import org.jspecify.annotations.NullMarked;
