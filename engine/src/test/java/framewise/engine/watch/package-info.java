@NullMarked
package framewise.engine.watch;

import org.jspecify.annotations.NullMarked;
