@NullMarked
package framewise.engine.delivery;

import org.jspecify.annotations.NullMarked;
