/** The data folder, which only one process can have open at a time. */
@NullMarked
package framewise.engine.folder;

import org.jspecify.annotations.NullMarked;
