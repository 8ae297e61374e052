@NullMarked
package framewise.engine;

import org.jspecify.annotations.NullMarked;
