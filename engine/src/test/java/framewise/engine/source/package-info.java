@NullMarked
package framewise.engine.source;

import org.jspecify.annotations.NullMarked;
