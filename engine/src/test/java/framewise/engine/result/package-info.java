@NullMarked
package framewise.engine.result;

import org.jspecify.annotations.NullMarked;
