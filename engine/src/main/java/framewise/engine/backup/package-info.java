/** One file with everything in the data folder, and the way back. */
@NullMarked
package framewise.engine.backup;

import org.jspecify.annotations.NullMarked;
