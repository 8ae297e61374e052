@NullMarked
package framewise.engine.backup;

import org.jspecify.annotations.NullMarked;
