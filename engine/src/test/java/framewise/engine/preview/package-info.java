@NullMarked
package framewise.engine.preview;

import org.jspecify.annotations.NullMarked;
