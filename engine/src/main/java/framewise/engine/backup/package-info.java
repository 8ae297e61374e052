/** Backup of the data folder into one file, and restore. */
@NullMarked
package framewise.engine.backup;

import org.jspecify.annotations.NullMarked;
