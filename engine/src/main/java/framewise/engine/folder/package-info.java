/** The folder with all data, which one process has open at a time. */
@NullMarked
package framewise.engine.folder;

import org.jspecify.annotations.NullMarked;
